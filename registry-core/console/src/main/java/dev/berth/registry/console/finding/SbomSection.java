package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.ImageSection;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.ShownImage;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.known.KnownSignature;
import dev.berth.registry.scan.known.KnownSignatures;
import dev.berth.registry.scan.known.Signing;
import dev.berth.registry.scan.sbom.AttachedSbom;
import dev.berth.registry.scan.sbom.SbomEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SBOMs beside an image; beside an index those of its images that it lists itself. */
record SbomSection(KnownImages known, Addresses addresses) implements ImageSection {
    private static final int MOST = 16;
    private static final int MOST_IMAGES = 8;

    private record Row(String platform, SbomEntry entry) {}

    @Override
    public Html show(Visit visit, ShownImage image) {
        if (image.document()
                .filter(document -> document instanceof ImageManifest manifest && !manifest.isContainerImage())
                .isPresent()) {
            return Html.nothing();
        }
        Repository repository = known.registry().repository(image.repository().name());
        List<Row> rows = rows(repository, image);
        if (rows.isEmpty()) {
            return Html.nothing();
        }
        boolean platforms = rows.stream().anyMatch(row -> !row.platform().isEmpty());
        List<String> titles = new ArrayList<>(List.of("SBOM", "Says", "From", "Size"));
        if (platforms) {
            titles.add("Platform");
        }
        List<List<Html>> cells = new ArrayList<>();
        rows.forEach(row -> cells.add(cells(repository, row, platforms)));
        return Section.of("What is in it, as others say", Tables.of("sboms", titles, cells));
    }

    private List<Row> rows(Repository repository, ShownImage image) {
        List<Row> rows = new ArrayList<>();
        known.sboms(repository, image.manifest(), Optional.empty()).stream()
                .limit(MOST)
                .forEach(entry -> rows.add(new Row("", entry)));
        if (image.document().orElse(null) instanceof ImageIndex index) {
            index.manifests().stream()
                    .filter(child -> child.platform().map(Platform::isKnown).orElse(true))
                    .limit(MOST_IMAGES)
                    .forEach(child -> add(repository, image.manifest(), child, rows));
        }
        return rows;
    }

    private void add(Repository repository, Manifest index, Descriptor child, List<Row> rows) {
        Manifest image;
        try {
            image = repository.manifests().get(child.digest());
        } catch (RegistryException e) {
            // Lists often name images that are elsewhere.
            return;
        }
        String platform = child.platform().map(Platform::toString).orElse("");
        known.sboms(repository, image, Optional.of(index)).stream()
                .limit(Math.max(0, MOST - rows.size()))
                .forEach(entry -> rows.add(new Row(platform, entry)));
    }

    private List<Html> cells(Repository repository, Row row, boolean platforms) {
        SbomEntry entry = row.entry();
        List<Html> cells = new ArrayList<>(List.of(
                A.of(
                        href(addresses.image(repository.name(), entry.manifest().digest())),
                        LongText.name(entry.format())),
                says(entry),
                from(repository, entry),
                text(Texts.size(entry.document().size()))));
        if (platforms) {
            cells.add(LongText.name(row.platform()));
        }
        return cells;
    }

    private static Html says(SbomEntry entry) {
        if (!entry.problem().isEmpty()) {
            return Html.of(text("cannot be read: "), LongText.foreign(entry.problem()));
        }
        return text(
                entry.packages().isPresent() ? Texts.count(entry.packages().getAsInt(), "package") : "not looked into");
    }

    private Html from(Repository repository, SbomEntry entry) {
        if (entry.place() == AttachedSbom.Place.INDEX) {
            return text("the builder of the image");
        }
        KnownSignatures signatures = known.signatures(repository, entry.manifest());
        if (signatures.signing() == Signing.TRUSTED) {
            return signatures.all().stream()
                    .filter(KnownSignature::accepted)
                    .flatMap(one -> one.signer().stream())
                    .findFirst()
                    .<Html>map(signer -> Html.of(text("signed by "), LongText.name(signer)))
                    .orElse(text("signed"));
        }
        String who = entry.madeHere() ? "says that a registry like this one made it" : "somebody";
        return text(who + (signatures.signing() == Signing.UNSIGNED ? ", not signed" : ", signed by nobody trusted"));
    }
}
