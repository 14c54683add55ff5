package dev.berth.examples.standalone.browser;

import java.util.List;
import java.util.stream.Stream;

/** The kinds of pages, as patterns of their addresses: a page that no link leads to is missed. */
final class PageKinds {
    private static final List<String> OF_ALL = List.of(
            "/",
            "/repository/shop/web",
            "/repository/shop/web[?]order=name",
            "/image/[^?]*[?]tag=[^&]*",
            "/image/[^?]*[?]digest=sha256.*",
            "/compare/.*",
            "/files/.*",
            "/document/.*",
            "/packages/",
            "/packages/[^?]+[?]digest=.*",
            "/cve/CVE-.*",
            "/statistics");

    static final List<String> OF_STRANGERS = with(OF_ALL, "/sign-in.*");

    static final List<String> OF_READERS = with(
            OF_ALL,
            "/repository/shop/api",
            "/account/",
            "/account/password",
            "/account/tokens",
            "/account/robots",
            "/account/sessions",
            "/sign-out");

    static final List<String> OF_MAINTAINERS = with(OF_READERS, "/delete/[^?]*[?]tag=.*", "/delete/[^?]*[?]digest=.*");

    static final List<String> OF_ADMINISTRATORS = with(
            OF_MAINTAINERS,
            "/repository/secret/plan",
            "/operations/",
            "/operations/storage",
            "/operations/collection",
            "/operations/scrub",
            "/operations/trash",
            "/operations/trash[?]repository=.*",
            "/operations/trash/purge[?].*",
            "/operations/audit",
            "/operations/people",
            "/operations/people/add",
            "/operations/people/person[?].*",
            "/operations/people/(disable|password|remove)[?].*",
            "/operations/organisations",
            "/operations/organisations/add",
            "/operations/organisations/organisation[?].*",
            "/operations/teams",
            "/operations/teams/team[?].*",
            "/operations/robots",
            "/operations/robots/(rotate|remove)[?].*",
            "/operations/grants",
            "/operations/grants/add",
            "/operations/grants/remove[?].*",
            "/operations/explain.*",
            "/operations/signing-keys",
            "/operations/webhooks",
            "/operations/webhooks/add",
            "/operations/webhooks/webhook[?].*",
            "/operations/webhooks/dead-letters[?].*",
            "/operations/mirrors",
            "/operations/mirrors/mirror[?].*",
            "/operations/replication",
            "/operations/replication/rule[?].*");

    private PageKinds() {}

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
