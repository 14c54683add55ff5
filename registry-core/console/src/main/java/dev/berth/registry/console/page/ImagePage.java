package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.DD;
import static dev.berth.registry.console.html.Tag.DL;
import static dev.berth.registry.console.html.Tag.DT;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.manifest.HistoryEntry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image: its platforms, what is in its configuration, its layers beside the steps that made them, and what refers to it. */
public final class ImagePage implements Pages {
    private static final int MOST_REFERRERS = 100;
    private static final int MOST_ROWS = 500;
    private static final int LONGEST_TEXT = 2_000;

    private final Frame frame;
    private final List<ImageSection> sections;

    /** Makes the page. */
    public ImagePage(Frame frame, List<ConsolePart> parts) {
        this.frame = frame;
        this.sections = parts.stream()
                .flatMap(part -> part.imageSections(frame).stream())
                .toList();
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        return Names.repository(rest)
                .filter(name -> !visit.isPost() && visit.maySee(name))
                .flatMap(name -> show(visit, name))
                .map(PageAnswer::of);
    }

    private Optional<Element> show(Visit visit, RepositoryName name) {
        Optional<Tag> tag = visit.asked(Links.TAG).flatMap(Names::tag);
        Optional<Digest> digest = visit.asked(Links.DIGEST).flatMap(Names::digest);
        Optional<ManifestSelector> selector =
                digest.<ManifestSelector>map(found -> found).or(() -> tag);
        if (selector.isEmpty()) {
            return Optional.empty();
        }
        Repository repository = visit.registry().repository(name);
        Manifest manifest;
        try {
            manifest = repository.manifests().get(selector.get());
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.NAME_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(page(visit, repository, digest.isPresent() ? Optional.empty() : tag, manifest));
    }

    private Element page(Visit visit, Repository repository, Optional<Tag> tag, Manifest manifest) {
        RepositoryName name = repository.name();
        String called = tag.map(Tag::value).orElseGet(() -> manifest.digest().toString());
        List<Html> content = new ArrayList<>();
        content.add(P.of(css("path"), A.of(href(frame.links().repository(name)), text(name.value()))));
        content.add(H1.of(css(tag.isPresent() ? "tag" : "long"), text(called)));
        content.add(pull(visit, name, tag, manifest.digest()));
        Map<String, Html> facts = new LinkedHashMap<>();
        facts.put("Digest", CODE.of(css("long"), text(manifest.digest().toString())));
        facts.put("Type", Texts.foreign(manifest.mediaType()));
        Optional<ManifestDocument> read = Optional.empty();
        try {
            ManifestDocument document = ManifestDocument.parse(manifest);
            read = Optional.of(document);
            if (document instanceof ImageIndex index) {
                content.add(facts(facts));
                content.add(annotations(index.annotations()));
                content.add(platforms(name, index));
            } else if (document instanceof ImageManifest image) {
                content.add(image(visit, repository, image, facts));
            } else {
                content.add(facts(facts));
            }
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.MANIFEST_INVALID) {
                throw e;
            }
            content.add(facts(facts));
            content.add(
                    P.of(css("problem"), text("It cannot be read: "), Texts.foreign(String.valueOf(e.getMessage()))));
        }
        ShownImage shown = new ShownImage(repository, tag, manifest, read);
        sections.forEach(section -> content.add(section.show(visit, shown)));
        content.add(referrers(repository, manifest.digest()));
        return frame.page(visit, name + ":" + called, Html.of(content));
    }

    private static Html pull(Visit visit, RepositoryName name, Optional<Tag> tag, Digest digest) {
        String repository = visit.host() + "/" + name;
        Html byDigest = Commands.block("docker pull " + repository + "@" + digest);
        return tag.<Html>map(found -> Html.of(Commands.block("docker pull " + repository + ":" + found), byDigest))
                .orElse(byDigest);
    }

    private Html image(Visit visit, Repository repository, ImageManifest image, Map<String, Html> facts) {
        long size = image.config().size()
                + image.layers().stream().mapToLong(Descriptor::size).sum();
        facts.put("Size", text(Texts.size(size)));
        if (!image.isContainerImage()) {
            image.artifactType().ifPresent(type -> facts.put("Artifact type", Texts.foreign(type)));
            return Html.of(facts(facts), annotations(image.annotations()), layers(image.layers(), List.of()));
        }
        Optional<ImageConfig> config = Optional.empty();
        Html problem = Html.nothing();
        try {
            config = Optional.of(ImageConfig.read(repository, image.config()));
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNAVAILABLE) {
                throw e;
            }
            problem = P.of(css("problem"), Texts.foreign(String.valueOf(e.getMessage())));
        }
        config.ifPresent(known -> {
            facts.put("Platform", Texts.foreign(known.platform().toString()));
            known.created().ifPresent(time -> facts.put("Built", Texts.ago(time, visit.now())));
            known.author().ifPresent(author -> facts.put("Author", foreign(author)));
        });
        return Html.of(
                problem,
                facts(facts),
                annotations(image.annotations()),
                layers(image.layers(), config.map(ImageConfig::history).orElse(List.of())),
                config.<Html>map(ImagePage::configuration).orElse(Html.nothing()));
    }

    private static Html configuration(ImageConfig config) {
        Map<String, Html> values = new LinkedHashMap<>();
        put(values, "Entry point", config.entrypoint());
        put(values, "Command", config.cmd());
        put(values, "Environment", config.env());
        List<String> labels = new ArrayList<>();
        config.labels().forEach((label, text) -> labels.add(label + "=" + text));
        put(values, "Labels", labels);
        return values.isEmpty() ? Html.nothing() : Section.of("Configuration", facts(values));
    }

    private static void put(Map<String, Html> values, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            List<Html> shown = new ArrayList<>();
            lines.stream().limit(MOST_ROWS).forEach(line -> shown.add(LI.of(CODE.of(foreign(line)))));
            values.put(title, UL.of(css("plain"), Html.of(shown)));
        }
    }

    /** Each layer beside the step that made it; steps without a layer stand between them. */
    private static Html layers(List<Descriptor> layers, List<HistoryEntry> history) {
        long most = layers.stream().mapToLong(Descriptor::size).max().orElse(0);
        Iterator<Descriptor> left = layers.iterator();
        List<Html> rows = new ArrayList<>();
        for (HistoryEntry step : history) {
            if (rows.size() == MOST_ROWS) {
                break;
            }
            String made = step.createdBy().or(step::comment).orElse("");
            if (step.emptyLayer()) {
                rows.add(step(made, Html.nothing(), Html.nothing()));
            } else if (left.hasNext()) {
                rows.add(layer(made, left.next(), most));
            }
        }
        while (left.hasNext() && rows.size() < MOST_ROWS) {
            Descriptor layer = left.next();
            rows.add(layer(history.isEmpty() ? layer.mediaType() : "", layer, most));
        }
        return Section.of(
                "Layers",
                TABLE.of(
                        css("layers"),
                        THEAD.of(TR.of(
                                TH.of(scope("col"), text("Made by")),
                                TH.of(scope("col"), text("Size")),
                                TH.of(scope("col"), text("Digest")))),
                        TBODY.of(Html.of(rows))));
    }

    private static Html layer(String made, Descriptor layer, long most) {
        return step(
                made,
                Html.of(LayerBars.bar(layer.size(), most), SPAN.of(css("size"), text(Texts.size(layer.size())))),
                Texts.digest(layer.digest()));
    }

    private static Html step(String made, Html size, Html digest) {
        return TR.of(
                TD.of(data("title", "Made by"), CODE.of(foreign(made))),
                TD.of(data("title", "Size"), size),
                TD.of(data("title", "Digest"), digest));
    }

    private Html platforms(RepositoryName name, ImageIndex index) {
        List<Html> rows = new ArrayList<>();
        index.manifests().stream()
                .filter(entry -> entry.platform().map(Platform::isKnown).orElse(true))
                .limit(MOST_ROWS)
                .forEach(entry -> rows.add(TR.of(
                        TH.of(
                                scope("row"),
                                A.of(
                                        href(frame.links().image(name, entry.digest())),
                                        Texts.foreign(entry.platform()
                                                .map(Platform::toString)
                                                .or(entry::artifactType)
                                                .orElse(entry.mediaType())))),
                        TD.of(data("title", "Digest"), Texts.digest(entry.digest())))));
        return Section.of(
                "Platforms",
                TABLE.of(
                        THEAD.of(TR.of(TH.of(scope("col"), text("Platform")), TH.of(scope("col"), text("Digest")))),
                        TBODY.of(Html.of(rows))));
    }

    private static Html annotations(Map<String, String> annotations) {
        if (annotations.isEmpty()) {
            return Html.nothing();
        }
        List<Html> rows = new ArrayList<>();
        annotations.entrySet().stream()
                .limit(MOST_ROWS)
                .forEach(entry -> rows.add(Html.of(DT.of(foreign(entry.getKey())), DD.of(foreign(entry.getValue())))));
        return Section.of("Annotations", DL.of(css("facts"), Html.of(rows)));
    }

    private Html referrers(Repository repository, Digest digest) {
        List<Descriptor> found =
                repository.manifests().referrers(digest).limit(MOST_REFERRERS).toList();
        if (found.isEmpty()) {
            return Html.nothing();
        }
        List<Html> rows = new ArrayList<>();
        found.forEach(referrer -> rows.add(LI.of(A.of(
                href(frame.links().image(repository.name(), referrer.digest())),
                Texts.foreign(referrer.artifactType().orElse(MediaTypes.OCI_MANIFEST))))));
        return Section.of("What refers to it", UL.of(Html.of(rows)));
    }

    private static Html facts(Map<String, Html> facts) {
        List<Html> rows = new ArrayList<>();
        facts.forEach((title, value) -> rows.add(Html.of(DT.of(text(title)), DD.of(value))));
        return DL.of(css("facts"), Html.of(rows));
    }

    /** What is longer than anybody reads is cut, and says so. */
    private static Html foreign(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return Texts.foreign(text);
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return Html.of(
                Texts.foreign(text.substring(0, end)),
                SPAN.of(css("note"), text(" … " + Texts.count(text.length() - end, "more character"))));
    }
}
