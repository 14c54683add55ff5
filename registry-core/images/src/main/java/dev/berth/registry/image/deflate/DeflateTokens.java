package dev.berth.registry.image.deflate;

import java.util.Arrays;

/** What a text was taken apart into, for one block of DEFLATE: literals and matches, and how often each symbol comes. */
final class DeflateTokens {
    /** More would be more than one set of codes fits well; fewer, more codes than they save. */
    private static final int MOST = 16 * 1024;

    private static final int LENGTH_SHIFT = 16;

    private final int[] tokens = new int[MOST];
    private final int[] literals = new int[DeflateSymbols.LITERALS];
    private final int[] distances = new int[DeflateSymbols.DISTANCES];
    private int size;

    boolean isFull() {
        return size == MOST;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void addLiteral(byte literal) {
        int symbol = literal & 0xff;
        tokens[size++] = symbol;
        literals[symbol]++;
    }

    /** Adds a match: the distance is at most 32 KiB, so that both fit into one number. */
    void addMatch(int length, int distance) {
        tokens[size++] = length << LENGTH_SHIFT | distance;
        literals[DeflateSymbols.ofLength(length)]++;
        distances[DeflateSymbols.ofDistance(distance)]++;
    }

    /** Returns the length of a match, or 0 for a literal. */
    int length(int index) {
        return tokens[index] >>> LENGTH_SHIFT;
    }

    /** Returns the distance of a match, or the literal. */
    int value(int index) {
        return tokens[index] & 0xffff;
    }

    int[] literalFrequencies() {
        return literals;
    }

    int[] distanceFrequencies() {
        return distances;
    }

    void clear() {
        size = 0;
        Arrays.fill(literals, 0);
        Arrays.fill(distances, 0);
    }
}
