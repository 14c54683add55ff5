package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.SharedLayers.Sharing;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.LayerStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The layers of an image, each beside the step that made it; steps without a layer stand between them. */
final class LayerTable {
    private static final int MOST_ROWS = 500;
    private static final int MOST_REPOSITORIES = 3;
    private static final int SHORT = 12;

    private final Links links;
    private final boolean files;

    /** @param files whether there are pages of the files of layers */
    LayerTable(Links links, boolean files) {
        this.links = links;
        this.files = files;
    }

    Html of(ImageView image, Map<Digest, Sharing> sharing) {
        List<LayerStep> steps = image.steps();
        if (steps.isEmpty()) {
            return Section.of("Layers", P.of(css("empty"), text("It has no layers.")));
        }
        long most = image.layers().stream().mapToLong(Descriptor::size).max().orElse(0);
        boolean shared = sharing.values().stream().anyMatch(one -> !one.isAlone());
        List<Html> rows = new ArrayList<>();
        steps.stream().limit(MOST_ROWS).forEach(step -> rows.add(row(image, step, most, shared, sharing)));
        return Section.of(
                "Layers",
                TABLE.of(
                        css("layers"),
                        THEAD.of(TR.of(
                                column(image.config().isPresent() ? "Made by" : "Content"),
                                column("Size"),
                                column("Digest"),
                                shared ? column("Shared with") : Html.nothing())),
                        TBODY.of(Html.of(rows))),
                steps.size() > MOST_ROWS
                        ? P.of(css("note"), text(Texts.count(steps.size() - MOST_ROWS, "more step")))
                        : Html.nothing());
    }

    private static Html column(String title) {
        return TH.of(scope("col"), text(title));
    }

    private Html row(ImageView image, LayerStep step, long most, boolean shared, Map<Digest, Sharing> sharing) {
        String title = image.config().isPresent() ? "Made by" : "Content";
        return TR.of(
                TD.of(data("title", title), CODE.of(LongText.foreign(step.made()))),
                TD.of(
                        data("title", "Size"),
                        step.layer()
                                .<Html>map(layer -> Html.of(
                                        LayerBars.bar(layer.size(), most),
                                        SPAN.of(css("size"), text(Texts.size(layer.size())))))
                                .orElse(Html.nothing())),
                TD.of(
                        data("title", "Digest"),
                        step.layer().<Html>map(layer -> digest(image, layer)).orElse(Html.nothing())),
                shared
                        ? TD.of(
                                css("shared"),
                                data("title", "Shared with"),
                                step.layer()
                                        .map(layer -> sharing.get(layer.digest()))
                                        .<Html>map(others -> SPAN.of(others(others)))
                                        .orElse(Html.nothing()))
                        : Html.nothing());
    }

    private Html digest(ImageView image, Descriptor layer) {
        Html digest = Texts.digest(layer.digest());
        return files && image.config().isPresent()
                ? SPAN.of(
                        digest,
                        text(" "),
                        A.of(
                                href(links.layer(image.repository(), image.digest(), layer.digest())),
                                aria("label", "Files of layer " + layer.digest().hex().substring(0, SHORT)),
                                text("Files")))
                : digest;
    }

    private Html others(Sharing sharing) {
        List<Html> shown = new ArrayList<>();
        String least = sharing.more() ? "at least " : "";
        if (sharing.images() > 0) {
            shown.add(text(least + Texts.count(sharing.images(), "other image") + " here"));
        }
        List<RepositoryName> repositories = sharing.repositories();
        for (int i = 0; i < Math.min(MOST_REPOSITORIES, repositories.size()); i++) {
            shown.add(text(shown.isEmpty() ? "" : ", "));
            shown.add(A.of(href(links.repository(repositories.get(i))), text(repositories.get(i).value())));
        }
        if (repositories.size() > MOST_REPOSITORIES) {
            shown.add(text(
                    " and " + least + Texts.amount(repositories.size() - MOST_REPOSITORIES) + " more"));
        }
        return Html.of(shown);
    }
}
