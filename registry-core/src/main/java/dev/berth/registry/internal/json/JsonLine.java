package dev.berth.registry.internal.json;

/**
 * Writes one JSON object in one line, of printable ASCII, for a log. Names of members are written as they are given, and
 * must not need escapes. For one thread, and one object.
 */
public final class JsonLine {
    private final StringBuilder line;

    /** @param size about how many characters the line will have */
    public JsonLine(int size) {
        this.line = new StringBuilder(size);
    }

    /** Adds a string. */
    public JsonLine text(String name, String value) {
        begin(name).append('"');
        EscapedText.append(line, value);
        line.append('"');
        return this;
    }

    /** Adds an integer. */
    public JsonLine number(String name, long value) {
        begin(name).append(value);
        return this;
    }

    /** Adds a number of thousandths, as a decimal with three places. */
    public JsonLine thousandths(String name, long value) {
        begin(name).append(value / 1000).append('.');
        long rest = Math.abs(value % 1000);
        line.append((char) ('0' + rest / 100))
                .append((char) ('0' + rest / 10 % 10))
                .append((char) ('0' + rest % 10));
        return this;
    }

    /** Adds true or false. */
    public JsonLine flag(String name, boolean value) {
        begin(name).append(value);
        return this;
    }

    private StringBuilder begin(String name) {
        return line.append(line.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
    }

    /** Returns the object. Nothing can be added after that. */
    public String end() {
        return line.isEmpty() ? "{}" : line.append('}').toString();
    }
}
