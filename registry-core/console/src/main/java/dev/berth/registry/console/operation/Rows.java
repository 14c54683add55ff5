package dev.berth.registry.console.operation;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.console.html.Html;
import java.util.ArrayList;
import java.util.List;

/** A table, whose first column says what each row is about. Used by one thread. */
public final class Rows {
    private final List<String> columns;
    private final List<Html> rows = new ArrayList<>();

    private Rows(List<String> columns) {
        this.columns = columns;
    }

    /** Returns a table without rows. */
    public static Rows of(String... columns) {
        return new Rows(List.of(columns));
    }

    /** Adds a row with a cell for each column. */
    public Rows add(Html... cells) {
        List<Html> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            row.add(i == 0 ? TH.of(scope("row"), together(cells[i])) : TD.of(data("title", columns.get(i)), together(cells[i])));
        }
        rows.add(TR.of(Html.of(row)));
        return this;
    }

    /** On a small screen what a cell is about stands beside all of it. */
    private static Html together(Html cell) {
        return cell.equals(Html.nothing()) ? cell : DIV.of(cell);
    }

    /**
     * Returns the table.
     *
     * @param ifEmpty a sentence for a table without rows
     */
    public Html orElse(String ifEmpty) {
        if (rows.isEmpty()) {
            return P.of(css("empty"), text(ifEmpty));
        }
        return TABLE.of(
                css("managed"),
                THEAD.of(TR.of(
                        Html.of(columns.stream().map(title -> TH.of(scope("col"), text(title)))))),
                TBODY.of(Html.of(rows)));
    }
}
