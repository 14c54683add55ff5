package dev.berth.registry.internal.event;

import java.nio.charset.StandardCharsets;

/** Text that can be written as UTF-8. */
final class WellFormed {
    private WellFormed() {}

    /** Returns the text with a question mark for each surrogate that is not one of a pair. */
    static String text(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
