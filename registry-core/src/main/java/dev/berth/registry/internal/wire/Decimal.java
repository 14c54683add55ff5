package dev.berth.registry.internal.wire;

import java.util.OptionalLong;

/** Whole numbers as the grammar of HTTP has them: ASCII digits and nothing else, no sign. */
public final class Decimal {
    private Decimal() {}

    /** Returns the number, the largest long if it is larger, or empty if the text is none. */
    public static OptionalLong parse(String text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return OptionalLong.of(value);
    }
}
