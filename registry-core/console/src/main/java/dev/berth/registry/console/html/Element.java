package dev.berth.registry.console.html;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An element. Immutable. */
public final class Element implements Html {
    private final Tag tag;
    private final List<Attribute> attributes;
    private final List<Html> children;

    private Element(Tag tag, List<Attribute> attributes, List<Html> children) {
        this.tag = tag;
        this.attributes = attributes;
        this.children = children;
    }

    static Element of(Tag tag, Content... content) {
        List<Attribute> attributes = new ArrayList<>();
        List<Html> children = new ArrayList<>();
        for (Content part : content) {
            if (part instanceof Attribute attribute) {
                attributes.add(attribute);
            } else {
                children.add((Html) part);
            }
        }
        if (tag.isEmpty() && !children.isEmpty()) {
            throw new IllegalArgumentException("There is nothing in a " + tag.written());
        }
        if (tag == Tag.SCRIPT && !children.isEmpty()) {
            throw new IllegalArgumentException("No script stands in a page; it is loaded from an address of this site");
        }
        return new Element(tag, List.copyOf(attributes), List.copyOf(children));
    }

    @Override
    public void writeTo(Appendable out) throws IOException {
        out.append('<').append(tag.written());
        for (Attribute attribute : attributes) {
            attribute.writeTo(out);
        }
        out.append('>');
        if (tag.isEmpty()) {
            return;
        }
        if (tag == Tag.PRE || tag == Tag.TEXTAREA) {
            // A parser drops the first newline of these.
            out.append('\n');
        }
        for (Html child : children) {
            child.writeTo(out);
        }
        out.append("</").append(tag.written()).append('>');
    }
}
