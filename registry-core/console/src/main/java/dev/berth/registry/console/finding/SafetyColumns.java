package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.SPAN;

import dev.berth.registry.Digest;
import dev.berth.registry.console.catalog.FindingCounts;
import dev.berth.registry.console.catalog.ImageSafety;
import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.catalog.SafetyLists;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.TagColumn;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.TagRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A column of the table of tags: what the lists know of the images, with one read for all of them. */
record SafetyColumns(SafetyLists lists, String title, Function<ImageSafety, Html> show) implements TagColumn {

    static TagColumn findings(SafetyLists lists) {
        return new SafetyColumns(lists, "Findings", SafetyColumns::findings);
    }

    static TagColumn signed(SafetyLists lists) {
        return new SafetyColumns(lists, "Signed", SafetyColumns::signed);
    }

    @Override
    public List<Html> cells(Visit visit, RepositoryRecord repository, List<TagRows.Row> rows) {
        Map<Digest, ImageSafety> known = lists.of(repository);
        List<Html> cells = new ArrayList<>();
        rows.forEach(row -> cells.add(
                Optional.ofNullable(known.get(row.image().digest())).map(show).orElse(Html.nothing())));
        return cells;
    }

    private static Html findings(ImageSafety image) {
        Optional<FindingCounts> counts = image.findings();
        return switch (image.scan()) {
            case UNSCANNED -> soft("not scanned");
            case PENDING ->
                counts.<Html>map(before -> Html.of(Severities.numbers(before), soft(" scanned again")))
                        .orElse(soft("being scanned"));
            case SCANNED -> counts.map(Severities::numbers).orElse(soft("not scanned"));
            case FAILED ->
                counts.<Html>map(before -> Html.of(Severities.numbers(before), soft(" last scan failed")))
                        .orElse(soft("scan failed"));
            case UNSCANNABLE -> soft("cannot be scanned");
        };
    }

    private static Html signed(ImageSafety image) {
        return switch (image.signed()) {
            case TRUSTED -> SPAN.of(css("good"), text("signed"));
            case NOT_TRUSTED -> text("unknown signer");
            case UNSIGNED -> soft("not signed");
        };
    }

    private static Html soft(String words) {
        return SPAN.of(css("calm"), text(words));
    }
}
