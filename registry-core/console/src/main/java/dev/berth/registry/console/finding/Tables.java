package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Links;
import java.util.ArrayList;
import java.util.List;

/** Tables whose first column names the row, and the way through their pages. */
final class Tables {
    private Tables() {}

    /**
     * Returns a table.
     *
     * @param titles of the columns
     * @param rows the cells of each row
     */
    static Html of(String classes, List<String> titles, List<List<Html>> rows) {
        List<Html> lines = new ArrayList<>();
        for (List<Html> row : rows) {
            List<Html> cells = new ArrayList<>();
            cells.add(TH.of(scope("row"), row.get(0)));
            for (int i = 1; i < row.size(); i++) {
                cells.add(TD.of(data("title", titles.get(i)), row.get(i)));
            }
            lines.add(TR.of(Html.of(cells)));
        }
        return TABLE.of(
                css(classes),
                THEAD.of(TR.of(Html.of(titles.stream().map(title -> TH.of(scope("col"), text(title)))))),
                TBODY.of(Html.of(lines)));
    }

    /**
     * Returns the way through pages with numbers; nothing if there is one.
     *
     * @param here the address of the first page
     */
    static Html pages(int page, int pages, Link here) {
        if (pages <= 1) {
            return Html.nothing();
        }
        return NAV.of(
                css("pages"),
                aria("label", "Pages"),
                page > 1 ? A.of(href(at(page - 1, here)), rel("prev"), text("Previous page")) : Html.nothing(),
                SPAN.of(text("Page " + page + " of " + pages)),
                page < pages ? A.of(href(at(page + 1, here)), rel("next"), text("Next page")) : Html.nothing());
    }

    private static Link at(int page, Link here) {
        return page == 1 ? here : here.with(Links.PAGE, Integer.toString(page));
    }

    /** Returns the way to the next page, of which only the beginning is known. */
    static Html next(Link next) {
        return NAV.of(css("pages"), aria("label", "Pages"), A.of(href(next), rel("next"), text("Next page")));
    }
}
