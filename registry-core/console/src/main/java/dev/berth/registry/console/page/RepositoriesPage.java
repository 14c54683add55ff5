package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.H2;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.console.catalog.RepositoryCard;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.console.view.RepositoryRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The repositories that the caller may see: all in the order of their names, or those that fit a search, the best first. */
public final class RepositoriesPage implements Pages {
    private static final int ROWS = 50;
    private static final int MOST_PAGES = 200;

    private final Frame frame;
    private final Cards cards;
    private final Search search;

    /** Makes the page. */
    public RepositoriesPage(Frame frame, Cards cards) {
        this.frame = frame;
        this.cards = cards;
        this.search = new Search(cards);
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.empty();
        }
        return Optional.of(PageAnswer.of(
                visit.asked(Links.WORDS).map(words -> found(visit, words)).orElseGet(() -> all(visit))));
    }

    private Element all(Visit visit) {
        Optional<RepositoryName> after = visit.asked(Links.AFTER).flatMap(Names::repository);
        RepositoryRows list = RepositoryRows.of(visit.registry(), cards, after, ROWS);
        List<Html> rows = new ArrayList<>();
        list.rows().forEach(row -> rows.add(row(visit, row.name(), row.card())));
        Html pages = Html.of(
                after.isPresent()
                        ? pageLink("First page", "first", frame.links().home())
                        : Html.nothing(),
                list.next()
                        .map(last -> pageLink(
                                "Next page", "next", frame.links().home().with(Links.AFTER, last.value())))
                        .orElse(Html.nothing()));
        return frame.page(
                visit,
                frame.title(),
                H1.of(text("Repositories")),
                rows.isEmpty() ? nothingThere(visit, after.isPresent()) : list(rows),
                NAV.of(css("pages"), aria("label", "Pages"), pages));
    }

    private static Html nothingThere(Visit visit, boolean later) {
        if (later) {
            return P.of(css("empty"), text("There are no more repositories."));
        }
        return DIV.of(
                css("empty"),
                P.of(text("There is nothing here that you may see yet. This is how an image comes here:")),
                Commands.block("docker tag my-image " + visit.host() + "/my-image"),
                Commands.block("docker push " + visit.host() + "/my-image"));
    }

    private Element found(Visit visit, String words) {
        int page = Math.min(
                MOST_PAGES, Math.max(1, Names.number(visit.asked(Links.PAGE)).orElse(1)));
        Search.Result result = search.find(words, visit::maySee, (page - 1) * ROWS, ROWS);
        List<Html> rows = new ArrayList<>();
        result.best().forEach(card -> rows.add(row(visit, card.name(), Optional.of(card))));
        Link same = frame.links().search(words);
        Html pages = Html.of(
                page > 1
                        ? pageLink("Previous page", "prev", same.with(Links.PAGE, Integer.toString(page - 1)))
                        : Html.nothing(),
                (long) page * ROWS < result.total() && page < MOST_PAGES
                        ? pageLink("Next page", "next", same.with(Links.PAGE, Integer.toString(page + 1)))
                        : Html.nothing());
        return frame.page(
                visit,
                "Search",
                H1.of(text("Repositories with “"), Texts.foreign(words), text("”")),
                P.of(
                        css("note"),
                        text(
                                result.total() == 0
                                        ? "Nothing was found. Names, descriptions, labels and annotations were searched."
                                        : Texts.count(result.total(), "result"))),
                rows.isEmpty() ? Html.nothing() : list(rows),
                NAV.of(css("pages"), aria("label", "Pages"), pages));
    }

    private static Html pageLink(String label, String relation, Link link) {
        return A.of(href(link), rel(relation), text(label));
    }

    private static Html list(List<Html> rows) {
        return UL.of(css("cards"), Html.of(rows));
    }

    private Html row(Visit visit, RepositoryName name, Optional<RepositoryCard> card) {
        return LI.of(
                H2.of(A.of(href(frame.links().repository(name)), text(name.value()))),
                card.filter(known -> !known.description().isEmpty())
                        .<Html>map(known -> P.of(css("description"), Texts.foreign(known.description())))
                        .orElse(Html.nothing()),
                card.<Html>map(known -> facts(visit, known)).orElse(Html.nothing()));
    }

    private static Html facts(Visit visit, RepositoryCard card) {
        return P.of(
                css("facts"),
                SPAN.of(text(Texts.count(card.tags(), "tag"))),
                card.size() > 0 ? SPAN.of(text(Texts.size(card.size()))) : Html.nothing(),
                card.lastPush()
                        .<Html>map(time -> SPAN.of(text("pushed "), Texts.ago(time, visit.now())))
                        .orElse(Html.nothing()));
    }
}
