package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.console.content.Comparison.Change;
import dev.berth.registry.console.content.Comparison.Difference;
import dev.berth.registry.console.content.Comparison.LayerChange;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.ComparisonSection;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.LayerBars;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two images of a repository, one beside the other. */
final class ComparePage implements Pages {
    private static final int MOST_ROWS = 500;

    private final Frame frame;
    private final ImageLookup images;
    private final List<ComparisonSection> sections;

    ComparePage(Frame frame, ImageLookup images, List<ComparisonSection> sections) {
        this.frame = frame;
        this.images = images;
        this.sections = sections;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        return Names.repository(rest)
                .filter(name -> !visit.isPost() && visit.maySee(name))
                .flatMap(name -> ComparedImages.find(images, visit.registry(), name, visit::asked))
                .map(compared -> page(visit, compared));
    }

    private PageAnswer page(Visit visit, ComparedImages compared) {
        ImageView from = compared.from();
        ImageView to = compared.to();
        Comparison comparison = Comparison.of(from, to);
        List<Html> content = new ArrayList<>();
        content.add(P.of(
                css("path"),
                A.of(
                        href(frame.links().repository(to.repository())),
                        text(to.repository().value()))));
        content.add(H1.of(text("From " + compared.fromName() + " to " + compared.toName())));
        content.add(choice(compared));
        content.add(problem(compared.fromName(), from));
        content.add(problem(compared.toName(), to));
        if (from.digest().equals(to.digest())) {
            content.add(P.of(text("Both are the same image.")));
        } else {
            content.add(sizes(compared, comparison));
            content.add(layers(comparison));
            content.add(differences("Configuration", compared, comparison.settings()));
            content.add(differences("Environment", compared, comparison.environment()));
            content.add(differences("Labels", compared, comparison.labels()));
            content.add(differences("Annotations", compared, comparison.annotations()));
            sections.forEach(section -> content.add(section.show(visit, from, to)));
        }
        return PageAnswer.of(frame.page(
                visit,
                "From " + compared.fromName() + " to " + compared.toName() + " · " + to.repository(),
                Html.of(content)));
    }

    /** To choose another platform, if there are several. */
    private Html choice(ComparedImages compared) {
        if (compared.platforms().size() < 2) {
            return Html.nothing();
        }
        Map<String, String> platforms = new LinkedHashMap<>();
        compared.platforms().forEach(platform -> platforms.put(platform, platform));
        Link here = frame.links().of("compare", compared.to().repository());
        return DIV.of(
                css("inline"),
                Forms.get(
                        here,
                        Forms.hidden("from", compared.fromName()),
                        Forms.hidden("to", compared.toName()),
                        Forms.choice("Platform", "platform", platforms, compared.platform()),
                        Forms.button("Compare")));
    }

    private static Html problem(String name, ImageView image) {
        return image.problem().isEmpty()
                ? Html.nothing()
                : P.of(css("problem"), text(name + " cannot be read: "), LongText.foreign(image.problem()));
    }

    private Html sizes(ComparedImages compared, Comparison comparison) {
        long same = sum(comparison, Change.SAME);
        return TABLE.of(
                THEAD.of(TR.of(
                        column("Image"), column("Platform"), column("Size"), column("Built"), column("Digest"))),
                TBODY.of(image(compared.fromName(), compared.from()), image(compared.toName(), compared.to())),
                TBODY.of(TR.of(
                        TH.of(scope("row"), text("In both")),
                        TD.of(),
                        TD.of(data("title", "Size"), text(Texts.size(same) + " of layers")),
                        TD.of(),
                        TD.of())));
    }

    private Html image(String name, ImageView image) {
        return TR.of(
                TH.of(scope("row"), A.of(href(frame.links().image(image.repository(), image.digest())), text(name))),
                TD.of(
                        data("title", "Platform"),
                        image.config()
                                .<Html>map(config -> LongText.foreign(config.platform().toString()))
                                .orElse(Html.nothing())),
                TD.of(data("title", "Size"), text(Texts.size(image.size()))),
                TD.of(
                        data("title", "Built"),
                        image.config()
                                .flatMap(config -> config.created())
                                .<Html>map(time -> text(time.toString()))
                                .orElse(Html.nothing())),
                TD.of(data("title", "Digest"), Texts.digest(image.digest())));
    }

    private static long sum(Comparison comparison, Change change) {
        return comparison.layers().stream()
                .filter(layer -> layer.change() == change)
                .mapToLong(layer -> layer.layer().size())
                .sum();
    }

    private static Html layers(Comparison comparison) {
        long most = comparison.layers().stream()
                .mapToLong(layer -> layer.layer().size())
                .max()
                .orElse(0);
        return Section.of(
                "Layers",
                P.of(
                        css("facts"),
                        SPAN.of(text(counted(comparison, Change.SAME, "in both"))),
                        SPAN.of(text(counted(comparison, Change.ADDED, "added"))),
                        SPAN.of(text(counted(comparison, Change.GONE, "gone")))),
                TABLE.of(
                        css("layers compared"),
                        THEAD.of(TR.of(column("Made by"), column("Change"), column("Size"), column("Digest"))),
                        TBODY.of(Html.of(comparison.layers().stream().map(layer -> row(layer, most))))));
    }

    private static String counted(Comparison comparison, Change change, String what) {
        long number = comparison.layers().stream()
                .filter(layer -> layer.change() == change)
                .count();
        return Texts.amount(number) + " " + what + " (" + Texts.size(sum(comparison, change)) + ")";
    }

    private static Html row(LayerChange layer, long most) {
        String change = switch (layer.change()) {
            case SAME -> "in both";
            case ADDED -> "added";
            case GONE -> "gone";
        };
        return TR.of(
                css(change.equals("in both") ? "same" : change),
                TD.of(data("title", "Made by"), CODE.of(LongText.foreign(layer.made()))),
                TD.of(data("title", "Change"), SPAN.of(css("change"), text(change))),
                TD.of(
                        data("title", "Size"),
                        LayerBars.bar(layer.layer().size(), most),
                        SPAN.of(css("size"), text(Texts.size(layer.layer().size())))),
                TD.of(data("title", "Digest"), Texts.digest(layer.layer().digest())));
    }

    private static Html differences(String title, ComparedImages compared, List<Difference> differences) {
        if (differences.isEmpty()) {
            return Html.nothing();
        }
        return Section.of(
                title,
                TABLE.of(
                        css("differences"),
                        THEAD.of(TR.of(column("Name"), column(compared.fromName()), column(compared.toName()))),
                        TBODY.of(Html.of(differences.stream()
                                .limit(MOST_ROWS)
                                .map(difference -> TR.of(
                                        TH.of(scope("row"), LongText.foreign(difference.name())),
                                        value(compared.fromName(), difference.from()),
                                        value(compared.toName(), difference.to())))))),
                differences.size() > MOST_ROWS
                        ? P.of(css("note"), text(Texts.count(differences.size() - MOST_ROWS, "more difference")))
                        : Html.nothing());
    }

    private static Html value(String column, Optional<String> value) {
        return TD.of(
                data("title", column),
                value.<Html>map(text -> CODE.of(LongText.foreign(text)))
                        .orElseGet(() -> SPAN.of(css("note"), text("–"))));
    }

    private static Html column(String title) {
        return TH.of(scope("col"), text(title));
    }
}
