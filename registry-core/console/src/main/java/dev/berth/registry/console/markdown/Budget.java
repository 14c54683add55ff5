package dev.berth.registry.console.markdown;

/**
 * What may be made of one text. A short one can stand for a long one: a definition that a thousand references repeat. For one
 * text.
 */
final class Budget {
    private static final int MOST_NODES = 20_000;
    private static final long MOST_CHARACTERS = 1_000_000;

    private int nodes;
    private long characters;
    private boolean spent;

    /** Takes room for a node with this text, and returns whether there was any. */
    boolean take(String text) {
        nodes++;
        characters += text.length();
        spent |= nodes > MOST_NODES || characters > MOST_CHARACTERS;
        return !spent;
    }

    boolean isSpent() {
        return spent;
    }
}
