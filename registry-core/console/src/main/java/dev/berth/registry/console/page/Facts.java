package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.DD;
import static dev.berth.registry.console.html.Tag.DL;
import static dev.berth.registry.console.html.Tag.DT;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.console.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known of something, each with its name: one column that is read from top to bottom. For one page. */
public final class Facts {
    private static final int MOST_ROWS = 500;

    private final List<Html> rows = new ArrayList<>();

    /** Adds one, whose name is ours. */
    public Facts add(String name, Html value) {
        rows.add(Html.of(DT.of(text(name)), DD.of(value)));
        return this;
    }

    /** Adds some lines of strangers, if there are any. */
    public Facts addLines(String name, List<String> lines) {
        if (lines.size() == 1) {
            return add(name, CODE.of(LongText.foreign(lines.get(0))));
        }
        if (!lines.isEmpty()) {
            List<Html> shown = new ArrayList<>();
            lines.stream().limit(MOST_ROWS).forEach(line -> shown.add(LI.of(CODE.of(LongText.foreign(line)))));
            if (lines.size() > MOST_ROWS) {
                shown.add(LI.of(css("note"), text(Texts.count(lines.size() - MOST_ROWS, "more line"))));
            }
            add(name, UL.of(css("plain"), Html.of(shown)));
        }
        return this;
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns the list. */
    public Html html() {
        return DL.of(css("facts"), Html.of(rows));
    }

    /** Returns names and values of strangers. */
    public static Html foreign(Map<String, String> values) {
        List<Html> rows = new ArrayList<>();
        values.entrySet().stream()
                .limit(MOST_ROWS)
                .forEach(entry -> rows.add(Html.of(
                        DT.of(LongText.foreign(entry.getKey())), DD.of(LongText.foreign(entry.getValue())))));
        return Html.of(
                DL.of(css("facts"), Html.of(rows)),
                values.size() > MOST_ROWS
                        ? P.of(css("note"), text(Texts.count(values.size() - MOST_ROWS, "more value")))
                        : Html.nothing());
    }
}
