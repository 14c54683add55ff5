package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Attributes.when;
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
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.console.view.RepositoryOrder;
import dev.berth.registry.console.view.RepositoryRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The repositories that the visitor may see: all, in the order of their names or by what is pushed and pulled, or those that fit a
 * search, the best first.
 */
public final class RepositoriesPage implements Pages {
    private static final int ROWS = 50;
    private static final int MOST_PAGES = 200;

    private final Frame frame;
    private final Cards cards;
    private final Standing standing;
    private final Search search;

    /** Makes the page. */
    public RepositoriesPage(Frame frame, Cards cards, Standing standing) {
        this.frame = frame;
        this.cards = cards;
        this.standing = standing;
        this.search = new Search(cards, standing);
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.empty();
        }
        return Optional.of(PageAnswer.of(
                visit.asked(Links.WORDS).map(words -> found(visit, words)).orElseGet(() -> list(visit))));
    }

    private Element list(Visit visit) {
        RepositoryOrder order =
                visit.asked(Links.SORT).flatMap(RepositoryOrder::of).orElse(RepositoryOrder.NAME);
        return order == RepositoryOrder.NAME ? byName(visit) : sorted(visit, order);
    }

    private Element byName(Visit visit) {
        Optional<RepositoryName> after = visit.asked(Links.AFTER).flatMap(Names::repository);
        RepositoryRows list = RepositoryRows.of(visit.registry(), cards, after, ROWS);
        return all(
                visit,
                RepositoryOrder.NAME,
                list,
                after.isPresent(),
                Html.of(
                        after.isPresent()
                                ? pageLink("First page", "first", frame.links().home())
                                : Html.nothing(),
                        list.next()
                                .map(last -> pageLink(
                                        "Next page", "next", frame.links().home().with(Links.AFTER, last.value())))
                                .orElse(Html.nothing())));
    }

    private Element sorted(Visit visit, RepositoryOrder order) {
        int page = page(visit);
        RepositoryRows list =
                RepositoryRows.highest(cards, visit::maySee, card -> order.rate(card, standing), page, ROWS);
        return all(visit, order, list, page > 1, pages(page, list.more(), inOrder(order)));
    }

    private Element all(Visit visit, RepositoryOrder order, RepositoryRows list, boolean later, Html pages) {
        List<Html> rows = new ArrayList<>();
        list.rows().forEach(row -> rows.add(row(visit, row.name(), row.card())));
        return frame.page(
                visit,
                frame.title(),
                H1.of(text("Repositories")),
                rows.isEmpty() ? nothingThere(visit, later) : Html.of(orders(order), list(rows)),
                NAV.of(css("pages"), aria("label", "Pages"), pages));
    }

    private Html orders(RepositoryOrder order) {
        return NAV.of(
                css("order"),
                aria("label", "Order of the repositories"),
                order(RepositoryOrder.NAME, "By name", order),
                order(RepositoryOrder.PUSHED, "Pushed last", order),
                order(RepositoryOrder.PULLS, "Pulled most", order));
    }

    private Html order(RepositoryOrder order, String label, RepositoryOrder current) {
        return A.of(href(inOrder(order)), when(order == current, aria("current", "true")), text(label));
    }

    private Link inOrder(RepositoryOrder order) {
        Link home = frame.links().home();
        return order == RepositoryOrder.NAME ? home : home.with(Links.SORT, order.word());
    }

    private static int page(Visit visit) {
        return Math.min(
                MOST_PAGES, Math.max(1, Names.number(visit.asked(Links.PAGE)).orElse(1)));
    }

    private static Html pages(int page, boolean more, Link same) {
        return Html.of(
                page > 1
                        ? pageLink("Previous page", "prev", same.with(Links.PAGE, Integer.toString(page - 1)))
                        : Html.nothing(),
                more && page < MOST_PAGES
                        ? pageLink("Next page", "next", same.with(Links.PAGE, Integer.toString(page + 1)))
                        : Html.nothing());
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
        int page = page(visit);
        Search.Result result = search.find(words, visit::maySee, (page - 1) * ROWS, ROWS);
        List<Html> rows = new ArrayList<>();
        result.best().forEach(card -> rows.add(row(visit, card.name(), Optional.of(card))));
        Html pages = pages(page, (long) page * ROWS < result.total(), frame.links().search(words));
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
                H2.of(A.of(href(frame.links().repository(name)), text(name.value())), text(" "), Badges.of(visit, standing, name)),
                card.filter(known -> !known.description().isEmpty())
                        .<Html>map(known -> P.of(css("description"), Texts.foreign(known.description())))
                        .orElse(Html.nothing()),
                card.<Html>map(known -> facts(visit, known)).orElse(Html.nothing()));
    }

    private Html facts(Visit visit, RepositoryCard card) {
        return P.of(
                css("facts"),
                SPAN.of(text(Texts.count(card.tags(), "tag"))),
                card.size() > 0 ? SPAN.of(text(Texts.size(card.size()))) : Html.nothing(),
                card.lastPush()
                        .<Html>map(time -> SPAN.of(text("pushed "), Texts.ago(time, visit.now())))
                        .orElse(Html.nothing()),
                standing.pulls(card.name())
                        .<Html>map(total -> SPAN.of(
                                text(Texts.count(total.pulls().count(), "pull") + ", the last one "),
                                Texts.ago(total.pulls().last(), visit.now())))
                        .orElse(Html.nothing()));
    }
}
