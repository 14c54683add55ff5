package dev.berth.registry.internal.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A string in a document: where it is, and what it says. Reused for the next one, so that nothing is kept. */
final class StringToken {
    /** Which bytes are characters of their own that mean nothing but themselves. */
    private static final boolean[] PLAIN = plain();

    private final ByteBuffer document;
    private int start;
    private int end;
    private int length;
    private boolean escaped;

    StringToken(ByteBuffer document) {
        this.document = document;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[256];
        for (int c = ' '; c < 0x80; c++) {
            plain[c] = c != '"' && c != '\\';
        }
        return plain;
    }

    /** Returns where the string begins, behind its quotation mark. */
    int start() {
        return start;
    }

    /** Returns the number of characters, where an escaped one counts as one. */
    int length() {
        return length;
    }

    /**
     * Reads a string and checks each character.
     *
     * @param from the position behind the quotation mark
     * @return the position behind the closing quotation mark
     */
    int read(int from) {
        start = from;
        length = 0;
        escaped = false;
        int position = from;
        int limit = document.limit();
        while (true) {
            while (position < limit && PLAIN[document.get(position) & 0xff]) {
                position++;
                length++;
            }
            int c = at(position);
            if (c == '"') {
                end = position;
                return position + 1;
            }
            length++;
            if (c == '\\') {
                escaped = true;
                position = afterEscape(position + 1);
            } else if (c < ' ') {
                throw JsonPlace.malformed(
                        document, position, "Illegal unquoted character (code " + c + ") in a string");
            } else if (c < 0x80) {
                position++;
            } else {
                position = afterSequence(position, c);
            }
        }
    }

    private int at(int position) {
        if (position >= document.limit()) {
            throw JsonPlace.malformed(document, position, "Unexpected end-of-input in a string");
        }
        return document.get(position) & 0xff;
    }

    private int afterEscape(int position) {
        switch (at(position)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return position + 1;
            }
            case 'u' -> {
                char unit = hex(position + 1);
                if (!Character.isSurrogate(unit)) {
                    return position + 5;
                }
                // An unpaired surrogate is no character, and cannot be written as UTF-8 again.
                boolean paired = Character.isHighSurrogate(unit)
                        && at(position + 5) == '\\'
                        && at(position + 6) == 'u'
                        && Character.isLowSurrogate(hex(position + 7));
                if (!paired) {
                    throw new MalformedJsonException("", "is not valid JSON: a string has half a surrogate pair");
                }
                length++;
                return position + 11;
            }
            default -> throw JsonPlace.malformed(document, position, "Unrecognized character escape in a string");
        }
    }

    private char hex(int position) {
        int value = 0;
        for (int i = position; i < position + 4; i++) {
            int c = at(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw JsonPlace.malformed(document, i, "Unrecognized character escape in a string");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** Checks a sequence of UTF-8 (RFC 3629, section 4), and returns the position behind it. */
    private int afterSequence(int position, int first) {
        int second = at(position + 1);
        if (first >= 0xc2 && first <= 0xdf) {
            requireUtf8(second >= 0x80 && second <= 0xbf);
            return position + 2;
        }
        if (first >= 0xe0 && first <= 0xef) {
            requireUtf8(second >= (first == 0xe0 ? 0xa0 : 0x80) && second <= (first == 0xed ? 0x9f : 0xbf));
            requireContinued(position + 2);
            return position + 3;
        }
        requireUtf8(first >= 0xf0 && first <= 0xf4);
        requireUtf8(second >= (first == 0xf0 ? 0x90 : 0x80) && second <= (first == 0xf4 ? 0x8f : 0xbf));
        requireContinued(position + 2);
        requireContinued(position + 3);
        length++;
        return position + 4;
    }

    private void requireContinued(int position) {
        requireUtf8((at(position) & 0xc0) == 0x80);
    }

    private static void requireUtf8(boolean holds) {
        if (!holds) {
            throw new MalformedJsonException("", "is not valid JSON: it is not in UTF-8");
        }
    }

    /** Returns whether the string says this, in characters of ASCII without any that must be escaped. */
    boolean says(String expected) {
        if (escaped || end - start != expected.length()) {
            return escaped && length == expected.length() && text().equals(expected);
        }
        for (int i = 0; i < expected.length(); i++) {
            if (document.get(start + i) != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns what the string says. */
    String text() {
        byte[] bytes = new byte[end - start];
        document.get(start, bytes);
        String raw = new String(bytes, StandardCharsets.UTF_8);
        return escaped ? unescape(raw) : raw;
    }

    private static String unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c == '\\') {
                c = raw.charAt(i++);
                switch (c) {
                    case 'b' -> c = '\b';
                    case 'f' -> c = '\f';
                    case 'n' -> c = '\n';
                    case 'r' -> c = '\r';
                    case 't' -> c = '\t';
                    case 'u' -> {
                        c = (char) Integer.parseInt(raw, i, i + 4, 16);
                        i += 4;
                    }
                    default -> {
                        // The character itself.
                    }
                }
            }
            text.append(c);
        }
        return text.toString();
    }
}
