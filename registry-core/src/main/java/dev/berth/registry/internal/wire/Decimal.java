package dev.berth.registry.internal.wire;

import java.util.OptionalLong;

/** Non-negative integers in the grammar of HTTP: ASCII digits only, without a sign. */
public final class Decimal {
    private Decimal() {}

    /** Returns the number, or {@link Long#MAX_VALUE} if it is larger; empty if the text is not a number. */
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
