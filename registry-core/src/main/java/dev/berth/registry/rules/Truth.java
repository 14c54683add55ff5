package dev.berth.registry.rules;

import java.util.stream.Stream;

/** Whether a condition holds, if that is known. */
enum Truth {
    NO,
    UNKNOWN,
    YES;

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    Truth not() {
        return switch (this) {
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
            case YES -> NO;
        };
    }

    /** Returns the lowest: false if any is false, else unknown if any is. */
    static Truth all(Stream<Truth> truths) {
        return truths.min(Truth::compareTo).orElse(YES);
    }

    /** Returns the highest: true if any is true, else unknown if any is. */
    static Truth any(Stream<Truth> truths) {
        return truths.max(Truth::compareTo).orElse(NO);
    }
}
