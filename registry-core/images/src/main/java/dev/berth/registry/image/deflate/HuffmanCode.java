package dev.berth.registry.image.deflate;

import java.util.Arrays;

/**
 * A prefix code for symbols, given by the lengths of their codes alone (RFC 1951, section 3.2.2). A symbol without a
 * code has the length 0.
 */
final class HuffmanCode {
    /** The longest that DEFLATE has. */
    static final int LONGEST = 15;

    private final byte[] lengths;
    private final int[] codes;

    private HuffmanCode(byte[] lengths) {
        this.lengths = lengths;
        this.codes = codes(lengths);
    }

    static HuffmanCode ofLengths(byte[] lengths) {
        return new HuffmanCode(lengths);
    }

    /**
     * Returns the code that is best for these frequencies, but with no code longer than that. At least two symbols get
     * one, since decoders differ about codes of less.
     */
    static HuffmanCode best(int[] frequencies, int longest) {
        int symbolBits = Integer.SIZE - Integer.numberOfLeadingZeros(frequencies.length);
        long[] used = new long[frequencies.length];
        int count = 0;
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            if (frequencies[symbol] > 0) {
                used[count++] = (long) frequencies[symbol] << symbolBits | symbol;
            }
        }
        for (int symbol = 0; count < 2; symbol++) {
            if (frequencies[symbol] == 0) {
                used[count++] = 1L << symbolBits | symbol;
            }
        }
        // Of the same frequency, the lower symbol goes first: nothing else decides.
        Arrays.sort(used, 0, count);
        int[] perLength = limit(countPerDepth(used, count, symbolBits), longest);
        byte[] lengths = new byte[frequencies.length];
        int index = 0;
        for (int length = longest; length > 0; length--) {
            for (int i = 0; i < perLength[length]; i++) {
                lengths[(int) used[index++] & (1 << symbolBits) - 1] = (byte) length;
            }
        }
        return new HuffmanCode(lengths);
    }

    /** Builds Huffman's tree, of which only the parents matter, and returns how many leaves are how deep. */
    private static int[] countPerDepth(long[] leaves, int count, int symbolBits) {
        long[] weights = new long[count - 1];
        int[] parents = new int[2 * count - 1];
        int leaf = 0;
        int inner = 0;
        for (int made = 0; made < count - 1; made++) {
            // Inner nodes are made in the order of their weights, so the lightest node is the next of one kind.
            for (int child = 0; child < 2; child++) {
                boolean takeLeaf = inner == made || leaf < count && leaves[leaf] >>> symbolBits <= weights[inner];
                weights[made] += takeLeaf ? leaves[leaf] >>> symbolBits : weights[inner];
                parents[takeLeaf ? leaf++ : count + inner++] = count + made;
            }
        }
        int[] depths = new int[2 * count - 1];
        int[] perDepth = new int[count + 1];
        for (int node = 2 * count - 3; node >= 0; node--) {
            depths[node] = depths[parents[node]] + 1;
            if (node < count) {
                perDepth[depths[node]]++;
            }
        }
        return perDepth;
    }

    /** Shortens codes that are too long, and lengthens others until there is room for all. */
    private static int[] limit(int[] perDepth, int longest) {
        int[] perLength = new int[longest + 1];
        long taken = 0;
        for (int depth = 1; depth < perDepth.length; depth++) {
            int length = Math.min(depth, longest);
            perLength[length] += perDepth[depth];
            taken += (long) perDepth[depth] << longest - length;
        }
        for (; taken > 1L << longest; taken--) {
            int length = longest - 1;
            while (perLength[length] == 0) {
                length--;
            }
            // A leaf becomes the parent of itself and of one of the longest, whose place is then free.
            perLength[length]--;
            perLength[length + 1] += 2;
            perLength[longest]--;
        }
        return perLength;
    }

    /** Codes of a length are consecutive numbers, in the order of their symbols; here with the first bit lowest. */
    private static int[] codes(byte[] lengths) {
        int[] next = new int[LONGEST + 2];
        for (byte length : lengths) {
            next[length + 1]++;
        }
        next[1] = 0;
        for (int length = 1; length < next.length; length++) {
            next[length] = next[length] + next[length - 1] << 1;
        }
        int[] codes = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                codes[symbol] = Integer.reverse(next[length]++) >>> Integer.SIZE - length;
            }
        }
        return codes;
    }

    int length(int symbol) {
        return lengths[symbol];
    }

    int code(int symbol) {
        return codes[symbol];
    }

    /** Returns how many of the first symbols there must be to have all that have a code. */
    int used() {
        int used = lengths.length;
        while (lengths[used - 1] == 0) {
            used--;
        }
        return used;
    }

    /** Returns how many bits the symbols take, as often as they come. */
    long bits(int[] frequencies) {
        long bits = 0;
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            bits += (long) frequencies[symbol] * lengths[symbol];
        }
        return bits;
    }
}
