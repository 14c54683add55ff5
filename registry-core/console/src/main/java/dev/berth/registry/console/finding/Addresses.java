package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Tag.A;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.ShownImage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses of these pages. */
record Addresses(Links links) {
    static final String CVE = "cve/";
    static final String PACKAGES = "packages/";
    static final String SCAN = "scan/";
    static final String ID = "id";
    static final String NAME = "name";
    static final String VERSION = "version";
    static final String TYPE = "type";

    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    /** Returns whether a name of a finding can be in an address. Others are of nobody who means well. */
    static boolean isId(String id) {
        return PLAIN_ID.matcher(id).matches();
    }

    Optional<Link> cve(String id) {
        return isId(id) ? Optional.of(Link.to(links.base(), List.of("cve", id))) : Optional.empty();
    }

    /** Returns the name of a finding, as a link if it can be one. */
    Html cveLink(String id) {
        return cve(id).<Html>map(link -> A.of(href(link), Html.text(id))).orElseGet(() -> LongText.name(id));
    }

    Link search() {
        return links.to(PACKAGES);
    }

    Link search(String name) {
        return search().with(NAME, name);
    }

    Link packages(RepositoryName repository, Digest image) {
        return links.of("packages", repository).with(Links.DIGEST, image.toString());
    }

    Link scan(RepositoryName repository) {
        return links.of("scan", repository);
    }

    Link image(RepositoryName repository, Digest image) {
        return links.image(repository, image);
    }

    Link image(RepositoryName repository, Tag tag) {
        return links.image(repository, tag);
    }

    /** Returns the address of the page that is shown. */
    Link of(ShownImage image) {
        RepositoryName name = image.repository().name();
        return image.tag()
                .map(tag -> links.image(name, tag))
                .orElseGet(() -> links.image(name, image.manifest().digest()));
    }
}
