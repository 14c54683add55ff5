package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.directionOfItsOwn;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Facts;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.manifest.ImageConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an image says about where it comes from: by annotations, or else by labels of the same names. */
final class About {
    private static final String OCI = "org.opencontainers.image.";

    private About() {}

    static Html of(ImageView image) {
        Map<String, String> said = new LinkedHashMap<>(
                image.config().map(ImageConfig::labels).orElse(Map.of()));
        said.putAll(image.annotations());
        return of(said);
    }

    static Html of(Map<String, String> said) {
        Facts facts = new Facts();
        add(facts, "Documentation", said.get(OCI + "documentation"));
        add(facts, "Read me", said.get("io.artifacthub.package.readme-url"));
        add(facts, "Site", said.get(OCI + "url"));
        add(facts, "Source", said.get(OCI + "source"));
        add(facts, "Version", said.get(OCI + "version"));
        add(facts, "Revision", said.get(OCI + "revision"));
        add(facts, "Licences", said.get(OCI + "licenses"));
        add(facts, "Vendor", said.get(OCI + "vendor"));
        add(facts, "Authors", said.get(OCI + "authors"));
        return facts.isEmpty() ? Html.nothing() : Section.of("About", facts.html());
    }

    private static void add(Facts facts, String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return;
        }
        Optional<Link> link = Link.elsewhere(value);
        facts.add(
                name,
                link.<Html>map(found -> A.of(
                                href(found),
                                rel("noopener noreferrer nofollow ugc"),
                                directionOfItsOwn(),
                                text(found.toString())))
                        .orElseGet(() -> LongText.foreign(value)));
    }
}
