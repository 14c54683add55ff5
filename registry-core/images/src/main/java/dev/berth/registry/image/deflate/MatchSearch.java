package dev.berth.registry.image.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds what comes again in a text: chains of the places where the same four bytes are, the latest first, and for
 * matches of three bytes the latest place alone.
 */
final class MatchSearch {
    /** How many bytes behind its end the text must go on, so that eight can be read at a time. */
    static final int PADDING = Long.BYTES;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int WINDOW = DeflatedBlock.WINDOW_BYTES;
    private static final int HASH_BITS = 15;
    private static final int SHORT_HASH_BITS = 13;
    private static final int GOLDEN_RATIO = 0x9E3779B1;
    private static final int FOUR = 4;
    /** A match of three bytes from farther away takes more bits than the bytes. */
    private static final int FARTHEST_SHORT = 4096;

    private final byte[] text;
    private final int end;
    /** Places plus one, so that 0 is none. */
    private final int[] heads = new int[1 << HASH_BITS];

    private final int[] shortHeads = new int[1 << SHORT_HASH_BITS];
    /** By place, round the window: how far back the place before is, 0 if there is none within reach. */
    private final char[] steps = new char[WINDOW];

    private int distance;

    /** Searches a text that ends there, behind which there is {@link #PADDING}. */
    MatchSearch(byte[] text, int end) {
        this.text = text;
        this.end = end;
    }

    /** Remembers a place, after those before it. */
    void insert(int place) {
        int four = (int) INT.get(text, place);
        int hash = four * GOLDEN_RATIO >>> Integer.SIZE - HASH_BITS;
        int step = place + 1 - heads[hash];
        steps[place & WINDOW - 1] = (char) (step < WINDOW ? step : 0);
        heads[hash] = place + 1;
        shortHeads[shortHash(four)] = place + 1;
    }

    private static int shortHash(int four) {
        return (four << Byte.SIZE) * GOLDEN_RATIO >>> Integer.SIZE - SHORT_HASH_BITS;
    }

    /**
     * Finds the longest match for the text at a place, the nearest of those, and remembers the place.
     *
     * @param shortest a match must be longer than this
     * @param depth how many places to try
     * @param enough a length from which on none longer is looked for
     * @return its length, or 0 if there is none
     */
    int find(int place, int shortest, int depth, int enough) {
        int four = (int) INT.get(text, place);
        int hash = four * GOLDEN_RATIO >>> Integer.SIZE - HASH_BITS;
        int shortHash = shortHash(four);
        int shortCandidate = shortHeads[shortHash] - 1;
        int candidate = heads[hash] - 1;
        int step = place - candidate;
        steps[place & WINDOW - 1] = (char) (step < WINDOW ? step : 0);
        heads[hash] = place + 1;
        shortHeads[shortHash] = place + 1;
        int most = Math.min(DeflateSymbols.LONGEST_MATCH, end - place);
        int best = Math.max(shortest, FOUR - 1);
        if (best >= most) {
            return 0;
        }
        int stop = Math.min(enough, most);
        int found = 0;
        int oldest = Math.max(0, place - WINDOW + 1);
        int tail = (int) INT.get(text, place + best - FOUR + 1);
        for (int left = depth; candidate >= oldest && left > 0; left--) {
            if ((int) INT.get(text, candidate + best - FOUR + 1) == tail && (int) INT.get(text, candidate) == four) {
                int length = length(candidate, place, most);
                if (length > best) {
                    best = length;
                    found = length;
                    distance = place - candidate;
                    if (length >= stop) {
                        return found;
                    }
                    tail = (int) INT.get(text, place + best - FOUR + 1);
                }
            }
            int back = steps[candidate & WINDOW - 1];
            if (back == 0) {
                break;
            }
            candidate -= back;
        }
        if (found == 0
                && shortest < DeflateSymbols.SHORTEST_MATCH
                && shortCandidate >= Math.max(0, place - FARTHEST_SHORT)
                && ((int) INT.get(text, shortCandidate) ^ four) << Byte.SIZE == 0) {
            distance = place - shortCandidate;
            return DeflateSymbols.SHORTEST_MATCH;
        }
        return found;
    }

    /** Returns how far back the match is that was found last. */
    int distance() {
        return distance;
    }

    private int length(int candidate, int place, int most) {
        int length = FOUR;
        while (length < most) {
            long difference = (long) LONG.get(text, candidate + length) ^ (long) LONG.get(text, place + length);
            if (difference != 0) {
                return Math.min(most, length + (Long.numberOfTrailingZeros(difference) >>> 3));
            }
            length += Long.BYTES;
        }
        return most;
    }
}
