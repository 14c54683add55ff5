package dev.berth.registry.console.statistics;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.RepositoryOrder;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What is pulled from the repositories that the visitor may see, and for administrators what the storage has grown to. */
final class StatisticsPage implements Pages {
    private static final int DAYS = 30;
    private static final int ROWS = 20;
    private static final int STORAGE_DAYS = 365;

    private final Frame frame;
    private final StatisticsLists lists;
    private final Cards cards;

    StatisticsPage(Frame frame, StatisticsLists lists, Cards cards) {
        this.frame = frame;
        this.lists = lists;
        this.cards = cards;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        return visit.isPost() || !rest.isEmpty() ? Optional.empty() : Optional.of(PageAnswer.of(show(visit)));
    }

    private Element show(Visit visit) {
        LocalDate today = LocalDate.ofInstant(visit.now(), ZoneOffset.UTC);
        Popular popular = Popular.of(lists.totals(), cards, visit::maySee, today.minusDays(DAYS - 1L), ROWS);
        return frame.page(
                visit,
                "Statistics",
                H1.of(text("Statistics")),
                popular.most().isEmpty() ? nothing() : pulls(visit, popular, today),
                visit.isAdministrator() ? storage(today) : Html.nothing());
    }

    private static Html nothing() {
        return Section.of(
                "Pulls",
                P.of(
                        css("empty"),
                        text("Nothing that you may see was pulled in the last " + DAYS
                                + " days. A pull is shown about a minute after it.")));
    }

    private Html pulls(Visit visit, Popular popular, LocalDate today) {
        List<Point> days = Point.of(popular.days(), today, DAYS);
        List<Html> rows =
                popular.most().stream().map(pulled -> row(visit, pulled, today)).toList();
        return Html.of(
                Section.of(
                        "Pulls by day",
                        P.of(
                                css("note"),
                                text(Texts.count(Point.sum(days), "pull") + " in the last " + DAYS + " days, from "
                                        + Texts.count(popular.repositories(), "repository", "repositories") + ".")),
                        new Plot("pulls", "Pulls by day", "Pulls", Texts::amount).bars(days)),
                Section.of(
                        "Pulled most",
                        TABLE.of(
                                css("pulled"),
                                THEAD.of(TR.of(
                                        column("Repository"),
                                        column("By day"),
                                        column("Last " + DAYS + " days"),
                                        column("All pulls"),
                                        column("Last pull"))),
                                TBODY.of(Html.of(rows))),
                        P.of(A.of(
                                href(frame.links().home().with(Links.SORT, RepositoryOrder.PULLS.word())),
                                text("All repositories by their pulls")))));
    }

    private Html row(Visit visit, Popular.Pulled pulled, LocalDate today) {
        return TR.of(
                TH.of(
                        scope("row"),
                        A.of(
                                href(frame.links().repository(pulled.name())),
                                text(pulled.name().value()))),
                TD.of(
                        data("title", "By day"),
                        Plot.small(Point.of(pulled.total().days(), today, DAYS))),
                TD.of(data("title", "Last " + DAYS + " days"), text(Texts.amount(pulled.recent()))),
                TD.of(
                        data("title", "All pulls"),
                        text(Texts.amount(pulled.total().pulls().count()))),
                TD.of(
                        data("title", "Last pull"),
                        Texts.ago(pulled.total().pulls().last(), visit.now())));
    }

    private static Html column(String title) {
        return TH.of(scope("col"), text(title));
    }

    private Html storage(LocalDate today) {
        List<Point> days = lists.storage().days().tailMap(today.minusDays(STORAGE_DAYS)).entrySet().stream()
                .map(day -> new Point(day.getKey(), day.getValue()))
                .toList();
        if (days.isEmpty()) {
            return Section.of(
                    "Storage by day",
                    P.of(
                            css("empty"),
                            text("Nothing was written down yet: every half an hour, what all repositories use is.")));
        }
        String now = "On " + days.get(days.size() - 1).day() + ", all repositories used "
                + Texts.size(days.get(days.size() - 1).number())
                + ". What several of them have counts for each of them.";
        return Section.of(
                "Storage by day",
                P.of(css("note"), text(now)),
                days.size() == 1
                        ? Html.nothing()
                        : new Plot("storage", "Bytes of all repositories by day", "Size", Texts::size).line(days));
    }
}
