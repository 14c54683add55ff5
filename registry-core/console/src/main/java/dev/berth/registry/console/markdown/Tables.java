package dev.berth.registry.console.markdown;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.focusable;
import static dev.berth.registry.console.html.Attributes.scope;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Tag;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Node;

/** Shows tables. */
final class Tables {
    private Tables() {}

    static Html show(Table table, Budget budget) {
        Node heading = table.getFirstChild();
        if (heading == null) {
            return Html.nothing();
        }
        List<Html> rows = new ArrayList<>();
        for (Node row = heading.getNext(); row != null && !budget.isSpent(); row = row.getNext()) {
            rows.add(row(row, budget, false));
        }
        return Tag.DIV.of(
                css("wide"),
                focusable(),
                Tag.TABLE.of(Tag.THEAD.of(row(heading, budget, true)), Tag.TBODY.of(Html.of(rows))));
    }

    private static Html row(Node row, Budget budget, boolean heading) {
        List<Html> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null && budget.take(""); cell = cell.getNext()) {
            Html content = Inlines.children(cell, budget);
            cells.add(heading ? Tag.TH.of(scope("col"), content) : Tag.TD.of(content));
        }
        return Tag.TR.of(Html.of(cells));
    }
}
