package dev.berth.registry.console.html;

import java.util.Locale;

/** The elements that pages are made of. None of them can run or load anything but the pages' own style and script. */
public enum Tag {
    A,
    ARTICLE,
    ASIDE,
    BDI,
    BLOCKQUOTE,
    BODY,
    BR,
    BUTTON,
    CAPTION,
    CODE,
    DD,
    DEL,
    DETAILS,
    DIV,
    DL,
    DT,
    EM,
    FIELDSET,
    FIGCAPTION,
    FIGURE,
    FOOTER,
    FORM,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    HEAD,
    HEADER,
    HR,
    HTML,
    INPUT,
    LABEL,
    LEGEND,
    LI,
    LINK,
    MAIN,
    META,
    NAV,
    OL,
    OPTION,
    P,
    PRE,
    SCRIPT,
    SECTION,
    SELECT,
    SMALL,
    SPAN,
    STRONG,
    SUMMARY,
    TABLE,
    TBODY,
    TD,
    TEXTAREA,
    TH,
    THEAD,
    TIME,
    TITLE,
    TR,
    UL,

    // Drawings
    CIRCLE,
    DESC,
    G,
    LINE,
    PATH,
    RECT,
    SVG,
    TEXT;

    private final String written = name().toLowerCase(Locale.ROOT);

    String written() {
        return written;
    }

    /** Returns whether it has no content, and so no end. */
    boolean isEmpty() {
        return switch (this) {
            case BR, HR, INPUT, LINK, META -> true;
            default -> false;
        };
    }

    /** Returns an element of this kind: attributes first, or between what it contains, as it reads best. */
    public Element of(Content... content) {
        return Element.of(this, content);
    }
}
