package dev.berth.registry.console.markdown;

import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Html.text;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.html.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** Shows what stands in a line. */
final class Inlines {
    private static final int DEEPEST = 64;
    private static final int LONGEST_ADDRESS = 2_000;

    private Inlines() {}

    static Html children(Node parent, Budget budget) {
        return children(parent, budget, 0, false);
    }

    private static Html children(Node parent, Budget budget, int depth, boolean inLink) {
        List<Html> shown = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null && !budget.isSpent(); child = child.getNext()) {
            shown.add(inline(child, budget, depth + 1, inLink));
        }
        return Html.of(shown);
    }

    private static Html inline(Node node, Budget budget, int depth, boolean inLink) {
        if (depth > DEEPEST) {
            return Html.nothing();
        }
        if (node instanceof Text plain) {
            return literal(plain.getLiteral(), budget);
        }
        if (node instanceof HtmlInline html) {
            return literal(html.getLiteral(), budget);
        }
        if (!budget.take("")) {
            return Html.nothing();
        }
        if (node instanceof SoftLineBreak) {
            return text("\n");
        }
        if (node instanceof HardLineBreak) {
            return Tag.BR.of();
        }
        if (node instanceof Emphasis) {
            return Tag.EM.of(children(node, budget, depth, inLink));
        }
        if (node instanceof StrongEmphasis) {
            return Tag.STRONG.of(children(node, budget, depth, inLink));
        }
        if (node instanceof Code code) {
            return Tag.CODE.of(literal(code.getLiteral(), budget));
        }
        if (node instanceof org.commonmark.node.Link link) {
            return link(node, link.getDestination(), "", budget, depth, inLink);
        }
        if (node instanceof Image image) {
            return link(node, image.getDestination(), "Picture", budget, depth, inLink);
        }
        return Html.nothing();
    }

    private static Html literal(String literal, Budget budget) {
        return budget.take(literal) ? text(literal) : Html.nothing();
    }

    /** What does not lead to the web leads nowhere: it would mean a file beside the text, and there is none. */
    private static Html link(Node node, String address, String unnamed, Budget budget, int depth, boolean inLink) {
        Html name = node.getFirstChild() == null ? text(unnamed) : children(node, budget, depth, true);
        Optional<Link> link = inLink || address.length() > LONGEST_ADDRESS || !budget.take(address)
                ? Optional.empty()
                : Link.elsewhere(address);
        return link.<Html>map(found -> Tag.A.of(href(found), rel("noopener noreferrer nofollow ugc"), name))
                .orElse(name);
    }
}
