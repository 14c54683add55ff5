package dev.berth.registry.internal.json;

/**
 * Text in a line of a log: printable ASCII, whatever it is made of, so that it cannot end the line or a quoted string, hide
 * what follows, or steer a terminal.
 */
public final class EscapedText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private EscapedText() {}

    /** Appends text as it stands between the quotes of a JSON string. Half a surrogate pair becomes U+FFFD. */
    public static void append(StringBuilder line, String text) {
        int length = text.length();
        int plain = plainLength(text);
        if (plain == length) {
            line.append(text);
            return;
        }
        line.append(text, 0, plain);
        for (int i = plain; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                line.append(c);
            } else if (!Character.isSurrogate(c)) {
                appendCode(line, c);
            } else if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                appendCode(line, c);
                appendCode(line, text.charAt(++i));
            } else {
                appendCode(line, '\ufffd');
            }
        }
    }

    /** Returns how many characters, from the first one on, need no escape. */
    public static int plainLength(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return i;
            }
        }
        return length;
    }

    /** Appends a backslash, {@code u} and four hexadecimal digits. */
    public static void appendCode(StringBuilder line, char c) {
        line.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }

    /** Returns text that is not longer than a number of characters, but for three dots that say that something is missing. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean splits = Character.isSurrogatePair(text.charAt(longest - 1), text.charAt(longest));
        return text.substring(0, splits ? longest - 1 : longest) + "...";
    }
}
