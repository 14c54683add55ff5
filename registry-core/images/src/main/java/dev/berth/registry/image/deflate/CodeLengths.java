package dev.berth.registry.image.deflate;

import java.util.ArrayList;
import java.util.List;

/** How a block of DEFLATE tells its codes: the lengths of both, with repetitions, in a code of their own. */
final class CodeLengths {
    private static final int SYMBOLS = 19;
    private static final int LONGEST_CODE = 7;
    /** In the order in which their lengths are written, so that those at the end can be left out. */
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int FEWEST_REPEATED = 3;
    private static final int MOST_REPEATED = 6;
    private static final int MOST_ZEROS = 10;
    private static final int FEWEST_MANY_ZEROS = 11;
    private static final int MOST_MANY_ZEROS = 138;

    private static final int FEWEST_LITERALS = 257;
    private static final int FEWEST_LENGTHS = 4;

    private final int literals;
    private final int distances;
    private final List<Item> items = new ArrayList<>();
    private final int[] frequencies = new int[SYMBOLS];
    private final HuffmanCode code;
    private final int lengths;

    /** A length, or how often something is repeated. */
    private record Item(int symbol, int extra) {
        int extraBits() {
            return switch (symbol) {
                case REPEAT -> 2;
                case ZEROS -> 3;
                case MANY_ZEROS -> 7;
                default -> 0;
            };
        }
    }

    CodeLengths(HuffmanCode literalCode, HuffmanCode distanceCode) {
        this.literals = Math.max(FEWEST_LITERALS, literalCode.used());
        this.distances = distanceCode.used();
        int[] all = new int[literals + distances];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < literals ? literalCode.length(i) : distanceCode.length(i - literals);
        }
        collect(all);
        items.forEach(item -> frequencies[item.symbol]++);
        this.code = HuffmanCode.best(frequencies, LONGEST_CODE);
        int last = SYMBOLS;
        while (last > FEWEST_LENGTHS && code.length(ORDER[last - 1]) == 0) {
            last--;
        }
        this.lengths = last;
    }

    private void collect(int[] all) {
        int i = 0;
        while (i < all.length) {
            int length = all[i];
            int end = i + 1;
            while (end < all.length && all[end] == length) {
                end++;
            }
            int run = end - i;
            i = end;
            if (length > 0) {
                items.add(new Item(length, 0));
                run--;
            }
            while (run >= FEWEST_REPEATED) {
                int most = length > 0 ? MOST_REPEATED : MOST_MANY_ZEROS;
                int count = Math.min(run, most);
                items.add(
                        length > 0
                                ? new Item(REPEAT, count - FEWEST_REPEATED)
                                : count > MOST_ZEROS
                                        ? new Item(MANY_ZEROS, count - FEWEST_MANY_ZEROS)
                                        : new Item(ZEROS, count - FEWEST_REPEATED));
                run -= count;
            }
            for (; run > 0; run--) {
                items.add(new Item(length, 0));
            }
        }
    }

    /** Returns how many bits {@link #writeTo} writes. */
    long bits() {
        long bits = 5 + 5 + 4 + 3L * lengths + code.bits(frequencies);
        for (Item item : items) {
            bits += item.extraBits();
        }
        return bits;
    }

    void writeTo(BitSink output) {
        output.add(literals - FEWEST_LITERALS, 5);
        output.add(distances - 1, 5);
        output.add(lengths - FEWEST_LENGTHS, 4);
        for (int i = 0; i < lengths; i++) {
            output.add(code.length(ORDER[i]), 3);
        }
        for (Item item : items) {
            output.add(code.code(item.symbol), code.length(item.symbol));
            output.add(item.extra, item.extraBits());
        }
    }
}
