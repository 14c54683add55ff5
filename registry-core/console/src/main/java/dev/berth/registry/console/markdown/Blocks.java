package dev.berth.registry.console.markdown;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.directionOfItsOwn;
import static dev.berth.registry.console.html.Attributes.focusable;
import static dev.berth.registry.console.html.Attributes.start;
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Tag;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/** Shows the paragraphs, lists and so on of a text. */
final class Blocks {
    /** The parser keeps to fewer; whatever it does, no text is nested deeper than this here. */
    private static final int DEEPEST = 64;

    /** That of the page and that of the text are above it. */
    private static final Tag[] HEADINGS = {Tag.H3, Tag.H4, Tag.H5, Tag.H6};

    private Blocks() {}

    static Html children(Node parent, Budget budget, int depth) {
        List<Html> shown = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null && !budget.isSpent(); child = child.getNext()) {
            shown.add(block(child, budget, depth + 1));
        }
        return Html.of(shown);
    }

    private static Html block(Node node, Budget budget, int depth) {
        if (depth > DEEPEST || !budget.take("")) {
            return Html.nothing();
        }
        if (node instanceof Heading heading) {
            Tag tag = HEADINGS[Math.min(HEADINGS.length, heading.getLevel()) - 1];
            return tag.of(directionOfItsOwn(), Inlines.children(node, budget));
        }
        if (node instanceof Paragraph) {
            return isTight(node)
                    ? Inlines.children(node, budget)
                    : Tag.P.of(directionOfItsOwn(), Inlines.children(node, budget));
        }
        if (node instanceof BlockQuote) {
            return Tag.BLOCKQUOTE.of(children(node, budget, depth));
        }
        if (node instanceof BulletList) {
            return Tag.UL.of(children(node, budget, depth));
        }
        if (node instanceof OrderedList list) {
            Integer first = list.getMarkerStartNumber();
            return Tag.OL.of(
                    when(first != null && first != 1, start(first == null ? 1 : first)), children(node, budget, depth));
        }
        if (node instanceof ListItem) {
            return Tag.LI.of(directionOfItsOwn(), children(node, budget, depth));
        }
        if (node instanceof FencedCodeBlock code) {
            return code(code.getLiteral(), budget);
        }
        if (node instanceof IndentedCodeBlock code) {
            return code(code.getLiteral(), budget);
        }
        if (node instanceof ThematicBreak) {
            return Tag.HR.of();
        }
        if (node instanceof HtmlBlock html) {
            return html(html.getLiteral(), budget);
        }
        return node instanceof Table table ? Tables.show(table, budget) : Html.nothing();
    }

    private static boolean isTight(Node paragraph) {
        Node parent = paragraph.getParent();
        return parent != null && parent.getParent() instanceof ListBlock list && list.isTight();
    }

    private static Html code(String code, Budget budget) {
        return budget.take(code) ? Tag.PRE.of(focusable(), Tag.CODE.of(text(code.stripTrailing()))) : Html.nothing();
    }

    /** Nobody was to read a comment; everything else is shown as it is written. */
    private static Html html(String html, Budget budget) {
        String plain = html.strip();
        boolean comment = plain.startsWith("<!--") && plain.indexOf("-->") == plain.length() - "-->".length();
        return comment || !budget.take(plain)
                ? Html.nothing()
                : Tag.P.of(css("source"), directionOfItsOwn(), text(plain));
    }
}
