package dev.berth.registry.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Numbers in documents. Only whole numbers of 64 bits are read as numbers. Every other one is kept as it is written,
 * since to compute it may take any amount of time and memory: {@code 1e2147483648}.
 */
final class JsonNumber {
    private static final int DIGITS_OF_ANY_LONG = 18;

    private JsonNumber() {}

    /** Returns the position behind the number at this one. */
    static int end(ByteBuffer document, int from) {
        int integer = at(document, from) == '-' ? from + 1 : from;
        int position = at(document, integer) == '0' ? integer + 1 : digits(document, integer);
        int digits = position - integer;
        if (at(document, position) == '.') {
            int fraction = position + 1;
            position = digits(document, fraction);
            digits += position - fraction;
        }
        if (at(document, position) == 'e' || at(document, position) == 'E') {
            int sign = at(document, position + 1);
            int exponent = sign == '+' || sign == '-' ? position + 2 : position + 1;
            position = digits(document, exponent);
            digits += position - exponent;
        }
        if (digits > StrictJson.MAX_NUMBER_LENGTH) {
            throw JsonScanner.tooComplex();
        }
        return position;
    }

    private static int digits(ByteBuffer document, int from) {
        int position = from;
        while (at(document, position) >= '0' && at(document, position) <= '9') {
            position++;
        }
        if (position == from) {
            int c = at(document, from);
            throw JsonPlace.malformed(
                    document,
                    from,
                    c < 0 ? "Unexpected end-of-input in a number" : "Unexpected character " + JsonPlace.show(c));
        }
        return position;
    }

    private static int at(ByteBuffer document, int position) {
        return position < document.limit() ? document.get(position) & 0xff : -1;
    }

    /** Returns a number as a node: a whole number of 64 bits, or its text. */
    static JsonNode node(String text) {
        return isLong(text)
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.rawValueNode(new RawValue(text));
    }

    /** Returns whether the text is that of a whole number of 64 bits, as such a number is written. */
    private static boolean isLong(String text) {
        if (text.startsWith("-0") || text.length() > DIGITS_OF_ANY_LONG + 2) {
            return false;
        }
        for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return text.length() <= DIGITS_OF_ANY_LONG || isInRange(text);
    }

    private static boolean isInRange(String digits) {
        try {
            Long.parseLong(digits);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Returns the text of a number that is not read as a number. */
    static Optional<String> unread(JsonNode node) {
        return node instanceof POJONode kept && kept.getPojo() instanceof RawValue raw
                ? Optional.of(String.valueOf(raw.rawValue()))
                : Optional.empty();
    }
}
