package dev.berth.registry.console.operation;

import java.util.Arrays;
import java.util.List;

/** What somebody has written into a field for several. */
public final class Words {
    private Words() {}

    /** Returns the words of a text, which stand on lines of their own or beside each other. */
    public static List<String> of(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
