package dev.berth.registry.image.deflate;

/** The symbols that DEFLATE has for lengths and distances, and the bits that follow each (RFC 1951, section 3.2.5). */
final class DeflateSymbols {
    static final int SHORTEST_MATCH = 3;
    static final int LONGEST_MATCH = 258;
    static final int END_OF_BLOCK = 256;
    /** How many literals and lengths there are. */
    static final int LITERALS = 286;

    static final int DISTANCES = 30;

    private static final int FIRST_LENGTH = 257;
    private static final int LENGTHS = LITERALS - FIRST_LENGTH;

    private static final int[] LENGTH_BASE = new int[LENGTHS];
    private static final int[] LENGTH_BITS = new int[LENGTHS];
    private static final int[] DISTANCE_BASE = new int[DISTANCES];
    private static final int[] DISTANCE_BITS = new int[DISTANCES];
    private static final short[] SYMBOL_OF_LENGTH = new short[LONGEST_MATCH + 1];
    /** Of distances up to 256, and of those above in steps of 128: there, no two symbols share a step. */
    private static final byte[] SYMBOL_OF_DISTANCE = new byte[512];

    static {
        int base = SHORTEST_MATCH;
        for (int i = 0; i < LENGTHS - 1; i++) {
            LENGTH_BITS[i] = i < 8 ? 0 : (i - 4) / 4;
            LENGTH_BASE[i] = base;
            for (int length = base; length < base + (1 << LENGTH_BITS[i]) && length <= LONGEST_MATCH; length++) {
                SYMBOL_OF_LENGTH[length] = (short) (FIRST_LENGTH + i);
            }
            base += 1 << LENGTH_BITS[i];
        }
        // The longest has a symbol of its own, without bits.
        LENGTH_BASE[LENGTHS - 1] = LONGEST_MATCH;
        SYMBOL_OF_LENGTH[LONGEST_MATCH] = (short) (LITERALS - 1);
        base = 1;
        for (int i = 0; i < DISTANCES; i++) {
            DISTANCE_BITS[i] = i < 4 ? 0 : (i - 2) / 2;
            DISTANCE_BASE[i] = base;
            for (int distance = base; distance < base + (1 << DISTANCE_BITS[i]); distance++) {
                SYMBOL_OF_DISTANCE[step(distance)] = (byte) i;
            }
            base += 1 << DISTANCE_BITS[i];
        }
    }

    private DeflateSymbols() {}

    private static int step(int distance) {
        return distance <= 256 ? distance - 1 : 256 + ((distance - 1) >>> 7);
    }

    static int ofLength(int length) {
        return SYMBOL_OF_LENGTH[length];
    }

    static int ofDistance(int distance) {
        return SYMBOL_OF_DISTANCE[step(distance)];
    }

    /** Returns how many bits follow a symbol of the literals and lengths. */
    static int bitsAfterLiteral(int symbol) {
        return symbol < FIRST_LENGTH ? 0 : LENGTH_BITS[symbol - FIRST_LENGTH];
    }

    /** Returns the shortest length that has this symbol. */
    static int lengthBase(int symbol) {
        return LENGTH_BASE[symbol - FIRST_LENGTH];
    }

    static int bitsAfterDistance(int symbol) {
        return DISTANCE_BITS[symbol];
    }

    /** Returns the shortest distance that has this symbol. */
    static int distanceBase(int symbol) {
        return DISTANCE_BASE[symbol];
    }
}
