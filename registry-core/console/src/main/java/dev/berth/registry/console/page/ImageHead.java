package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.Setting;

/** What is known of an image as a whole, and how containers of it run. */
final class ImageHead {
    private ImageHead() {}

    static Html problem(ImageView image) {
        return image.problem().isEmpty()
                ? Html.nothing()
                : P.of(
                        css("problem"),
                        text(image.document().isEmpty() ? "It cannot be read: " : "Not all of it can be read: "),
                        LongText.foreign(image.problem()));
    }

    static Html facts(Visit visit, Links links, ImageView image) {
        Facts facts = new Facts();
        facts.add("Digest", CODE.of(css("long"), text(image.digest().toString())));
        facts.add("Type", LongText.foreign(image.manifest().mediaType()));
        image.artifactType().ifPresent(type -> facts.add("Artifact type", LongText.foreign(type)));
        image.config().ifPresent(config -> {
            facts.add("Platform", LongText.foreign(config.platform().toString()));
            config.created().ifPresent(time -> facts.add("Built", Texts.ago(time, visit.now())));
            config.author().ifPresent(author -> facts.add("Author", LongText.foreign(author)));
        });
        if (image.size() > 0) {
            facts.add(
                    "Size",
                    text(Texts.size(image.size()) + (image.isIndex() ? " for all platforms" : "")));
        }
        image.subject()
                .ifPresent(subject -> facts.add(
                        "Refers to",
                        A.of(
                                href(links.image(image.repository(), subject.digest())),
                                Texts.digest(subject.digest()))));
        facts.add("As it is stored", documents(links, image));
        return facts.html();
    }

    private static Html documents(Links links, ImageView image) {
        Html manifest = A.of(href(links.document(image.repository(), image.digest())), text("manifest"));
        return image.image()
                .<Html>map(one -> Html.of(
                        manifest,
                        text(", "),
                        A.of(
                                href(links.document(image.repository(), image.digest()).with("part", "configuration")),
                                text("configuration"))))
                .orElse(manifest);
    }

    static Html configuration(ImageView image) {
        Facts facts = new Facts();
        image.config().ifPresent(config -> {
            for (Setting setting : Setting.values()) {
                facts.addLines(setting.title(), setting.lines(config));
            }
        });
        Html labels = image.config()
                .filter(config -> !config.labels().isEmpty())
                .<Html>map(config -> Section.of("Labels", Facts.foreign(config.labels())))
                .orElse(Html.nothing());
        return Html.of(facts.isEmpty() ? Html.nothing() : Section.of("Configuration", facts.html()), labels);
    }

    static Html annotations(ImageView image) {
        return image.annotations().isEmpty()
                ? Html.nothing()
                : Section.of("Annotations", Facts.foreign(image.annotations()));
    }
}
