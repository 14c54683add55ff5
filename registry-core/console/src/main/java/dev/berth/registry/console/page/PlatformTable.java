package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.PlatformRow;

/** The images of an index. */
final class PlatformTable {
    private PlatformTable() {}

    static Html of(Links links, ImageView index) {
        if (index.platforms().stream().noneMatch(PlatformRow::isImage)) {
            return Section.of("Platforms", P.of(css("empty"), text("This index lists no image.")));
        }
        return Section.of(
                "Platforms",
                TABLE.of(
                        THEAD.of(TR.of(column("Platform"), column("Size"), column("Layers"), column("Digest"))),
                        TBODY.of(Html.of(index.platforms().stream()
                                .filter(PlatformRow::isImage)
                                .map(row -> row(links, index, row))))));
    }

    private static Html column(String title) {
        return TH.of(scope("col"), text(title));
    }

    private static Html row(Links links, ImageView index, PlatformRow row) {
        boolean broken = !row.problem().isEmpty();
        return TR.of(
                when(broken, css("broken")),
                TH.of(
                        scope("row"),
                        A.of(
                                href(links.image(index.repository(), row.entry().digest())),
                                LongText.foreign(row.platform()))),
                TD.of(
                        data("title", "Size"),
                        broken
                                ? SPAN.of(css("problem"), text("cannot be read: "), LongText.foreign(row.problem()))
                                : row.layers() > 0 ? text(Texts.size(row.size())) : Html.nothing()),
                TD.of(data("title", "Layers"), row.layers() > 0 ? Html.number(row.layers()) : Html.nothing()),
                TD.of(data("title", "Digest"), Texts.digest(row.entry().digest())));
    }
}
