package dev.berth.registry.console.html;

import java.util.Locale;

/** The attributes of drawings. Numbers only: a drawing has no text in them, and no colours but those of the style sheet. */
public final class Drawing {
    private Drawing() {}

    /** The size of a drawing in its own units, which the style sheet fits into the page. */
    public static Attribute box(double width, double height) {
        return Attribute.of("viewBox", "0 0 " + number(width) + " " + number(height));
    }

    /** The drawing fills the room that it has, whatever becomes of its proportions. */
    public static Attribute stretched() {
        return Attribute.of("preserveAspectRatio", "none");
    }

    public static Attribute x(double x) {
        return Attribute.of("x", number(x));
    }

    public static Attribute y(double y) {
        return Attribute.of("y", number(y));
    }

    public static Attribute width(double width) {
        return Attribute.of("width", number(width));
    }

    public static Attribute height(double height) {
        return Attribute.of("height", number(height));
    }

    /** The end of a line where it begins. */
    public static Attribute x1(double x) {
        return Attribute.of("x1", number(x));
    }

    public static Attribute y1(double y) {
        return Attribute.of("y1", number(y));
    }

    /** The other end of a line. */
    public static Attribute x2(double x) {
        return Attribute.of("x2", number(x));
    }

    public static Attribute y2(double y) {
        return Attribute.of("y2", number(y));
    }

    /**
     * A line through points.
     *
     * @param points x and y of each
     */
    public static Attribute through(double[][] points) {
        StringBuilder path = new StringBuilder();
        for (double[] point : points) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(number(point[0]))
                    .append(' ')
                    .append(number(point[1]));
        }
        return Attribute.of("d", path.toString());
    }

    private static String number(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }
}
