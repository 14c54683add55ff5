package dev.berth.registry.console.statistics;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.Tag;
import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.RepositorySection;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.pulls.DailyPulls;
import dev.berth.registry.pulls.Pulls;
import dev.berth.registry.pulls.RepositoryPulls;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The pulls of a repository in the last 30 days, and of those of its tags that were pulled most. */
final class PullsSection implements RepositorySection {
    static final int DAYS = 30;
    private static final int MOST_TAGS = 10;

    private final Frame frame;
    private final VisitPulls pulls;

    PullsSection(Frame frame, VisitPulls pulls) {
        this.frame = frame;
        this.pulls = pulls;
    }

    @Override
    public Html show(Visit visit, RepositoryRecord repository) {
        RepositoryPulls known = pulls.of(visit, repository.name());
        if (known.total().isEmpty()) {
            return Section.of(
                    "Pulls", P.of(css("empty"), text("Nobody has pulled from here since pulls are counted.")));
        }
        LocalDate today = LocalDate.ofInstant(visit.now(), ZoneOffset.UTC);
        List<Point> days = Point.of(known.days(), today, DAYS);
        Pulls total = known.total().get();
        return Section.of(
                "Pulls",
                P.of(
                        css("note"),
                        text(Texts.count(total.count(), "pull") + ", " + Texts.amount(Point.sum(days))
                                + " of them in the last " + DAYS + " days; the last one "),
                        Texts.ago(total.last(), visit.now()),
                        text(".")),
                Point.sum(days) == 0
                        ? Html.nothing()
                        : new Plot("pulls", "Pulls of " + repository.name() + " by day", "Pulls", Texts::amount)
                                .bars(days),
                tags(visit, repository, known, today));
    }

    private Html tags(Visit visit, RepositoryRecord repository, RepositoryPulls known, LocalDate today) {
        LocalDate first = today.minusDays(DAYS - 1L);
        Comparator<Map.Entry<Tag, DailyPulls>> most =
                Comparator.comparingLong(entry -> -since(entry.getValue(), first));
        List<Html> rows = known.tagDays().entrySet().stream()
                .filter(entry ->
                        since(entry.getValue(), first) > 0 && repository.tags().containsKey(entry.getKey()))
                .sorted(most.thenComparing(Map.Entry::getKey))
                .limit(MOST_TAGS)
                .map(entry -> row(visit, repository, known, entry.getKey(), Point.of(entry.getValue(), today, DAYS)))
                .toList();
        if (rows.isEmpty()) {
            return Html.nothing();
        }
        return TABLE.of(
                css("pulled"),
                THEAD.of(TR.of(
                        column("Tag"),
                        column("By day"),
                        column("Last " + DAYS + " days"),
                        column("All pulls"),
                        column("Last pull"))),
                TBODY.of(Html.of(rows)));
    }

    private Html row(Visit visit, RepositoryRecord repository, RepositoryPulls known, Tag tag, List<Point> days) {
        return TR.of(
                TH.of(scope("row"), A.of(href(frame.links().image(repository.name(), tag)), text(tag.value()))),
                TD.of(data("title", "By day"), Plot.small(days)),
                TD.of(data("title", "Last " + DAYS + " days"), text(Texts.amount(Point.sum(days)))),
                TD.of(
                        data("title", "All pulls"),
                        text(Texts.amount(known.of(tag).map(Pulls::count).orElse(0L)))),
                TD.of(
                        data("title", "Last pull"),
                        known.of(tag)
                                .map(pulled -> Texts.ago(pulled.last(), visit.now()))
                                .orElse(Html.nothing())));
    }

    private static Html column(String title) {
        return TH.of(scope("col"), text(title));
    }

    private static long since(DailyPulls pulls, LocalDate first) {
        return pulls.counts().tailMap(first).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
