package dev.berth.registry.console.catalog;

import java.util.Arrays;
import java.util.List;

/**
 * Tells quickly which of many texts cannot have some words. Each text has a place in rows of bits, one for each hash of three
 * letters that follow each other. A word may be where the bits of all its letters are. Not thread-safe, but any number of threads may
 * ask at the same time.
 */
final class TextFilter {
    /** Beyond, there would be more memory in it than in the texts. */
    static final int MOST_PLACES = 1 << 17;

    private static final int LETTERS = 3;
    private static final int ROWS_AS_POWER = 11;
    private static final int FIRST_LENGTH = 16;
    private static final int MIX = 0x9E37_79B1;

    private final long[][] rows = new long[1 << ROWS_AS_POWER][FIRST_LENGTH];

    /** Adds a text at a place that has none. */
    void add(int place, String text) {
        if (place >= MOST_PLACES) {
            return;
        }
        int index = place >> 6;
        if (index >= rows[0].length) {
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Arrays.copyOf(rows[row], Math.max(index + 1, 2 * rows[row].length));
            }
        }
        for (int i = 0; i + LETTERS <= text.length(); i++) {
            rows[row(text, i)][index] |= 1L << place;
        }
    }

    /** Removes the text that is at a place. */
    void remove(int place, String text) {
        if (place >= MOST_PLACES) {
            return;
        }
        for (int i = 0; i + LETTERS <= text.length(); i++) {
            rows[row(text, i)][place >> 6] &= ~(1L << place);
        }
    }

    /**
     * Returns a bit for each place of the first ones: whether its text may have all the words. Words of one or two letters may be
     * everywhere.
     */
    long[] mayHave(List<String> words, int places) {
        long[] bits = new long[(places + 63) >> 6];
        Arrays.fill(bits, -1);
        for (String word : words) {
            for (int i = 0; i + LETTERS <= word.length(); i++) {
                long[] row = rows[row(word, i)];
                for (int j = 0; j < Math.min(bits.length, MOST_PLACES >> 6); j++) {
                    bits[j] &= j < row.length ? row[j] : 0;
                }
            }
        }
        return bits;
    }

    private static int row(String text, int at) {
        int hash = (text.charAt(at) * 31 + text.charAt(at + 1)) * 31 + text.charAt(at + 2);
        return hash * MIX >>> (Integer.SIZE - ROWS_AS_POWER);
    }
}
