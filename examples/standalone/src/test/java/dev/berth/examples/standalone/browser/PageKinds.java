package dev.berth.examples.standalone.browser;

import java.util.List;
import java.util.stream.Stream;

/** The kinds of pages, as patterns of their addresses: a page that no link leads to is missed. */
final class PageKinds {
    static final List<String> OF_STRANGERS = List.of(
            "/",
            "/repository/shop/web",
            "/repository/shop/web\\?order=name",
            "/image/shop/web\\?tag=2[.]7[.]0",
            "/image/shop/web\\?digest=sha256.*",
            "/sign-in.*");

    static final List<String> OF_READERS = with(OF_STRANGERS.subList(0, OF_STRANGERS.size() - 1), "/repository/shop/api", "/account/");

    static final List<String> OF_MAINTAINERS = with(OF_READERS, ".*delete.*");

    static final List<String> OF_ADMINISTRATORS = with(OF_MAINTAINERS, "/repository/secret/plan", "/operations/.*");

    private PageKinds() {}

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
