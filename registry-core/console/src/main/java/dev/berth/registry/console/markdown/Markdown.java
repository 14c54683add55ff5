package dev.berth.registry.console.markdown;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.focusable;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.PRE;

import dev.berth.registry.console.html.Html;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/** Shows texts in Markdown. Thread-safe. */
public final class Markdown {
    /** How many characters are read of a text; more are a book, not a description. */
    public static final int LONGEST = 256 * 1024;

    private static final int DEEPEST_BLOCKS = 24;
    private static final int DEEPEST_INLINES = 24;

    /** The parser takes seconds for many more that are never closed. */
    private static final long MOST_BRACKETS = 10_000;

    private Markdown() {}

    /**
     * Shows a text. Its headings begin at the third level, below that of the page and that of the text as a whole.
     *
     * @param text at most {@value #LONGEST} characters are shown
     */
    public static Html show(String text) {
        boolean cut = text.length() > LONGEST;
        String beginning = cut ? text.substring(0, LONGEST) : text;
        if (beginning.chars().filter(c -> c == '[').count() > MOST_BRACKETS) {
            return DIV.of(css("markdown"), PRE.of(focusable(), text(beginning)));
        }
        Node document = parser().parse(beginning);
        Budget budget = new Budget();
        Html shown = Blocks.children(document, budget, 0);
        return DIV.of(
                css("markdown"),
                shown,
                cut || budget.isSpent() ? P.of(css("note"), text("The rest is too long to be shown.")) : Html.nothing());
    }

    private static Parser parser() {
        return Parser.builder()
                .maxOpenBlockParsers(DEEPEST_BLOCKS)
                .maxInlineNesting(DEEPEST_INLINES)
                .customBlockParserFactory(new TableParser.Factory())
                .build();
    }
}
