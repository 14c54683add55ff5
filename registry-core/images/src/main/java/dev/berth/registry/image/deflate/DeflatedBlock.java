package dev.berth.registry.image.deflate;

import java.util.Arrays;

/**
 * Compresses one block of a longer text with DEFLATE (RFC 1951), so that blocks can be compressed in parallel and then
 * be written one after the other: each ends at a byte boundary and none is the last.
 *
 * <p>In Java, and here: what the JVM's zlib makes of the same bytes differs from machine to machine, and what a library
 * makes of them, from version to version. {@link MatchSearch} finds what came before, {@link DeflateTokens} holds what is
 * left, {@link DeflateWriter} writes it.
 */
public final class DeflatedBlock {
    /** How far back in the text DEFLATE can refer. */
    public static final int WINDOW_BYTES = 32 * 1024;

    private final byte[] text;
    private final int end;
    private final Effort effort;
    private final MatchSearch search;
    private final DeflateTokens tokens = new DeflateTokens();
    private final BitSink output;
    private final DeflateWriter writer;
    private int place;
    private int begin;

    /**
     * How hard to look for matches.
     *
     * @param depth how many places to try
     * @param enough the length of a match with which to be content
     * @param lazy the length of a match below which to see whether the next place has a longer one
     */
    private record Effort(int depth, int enough, int lazy) {
        private static final Effort[] OF_LEVELS = {
            new Effort(2, 16, 0),
            new Effort(4, 32, 0),
            new Effort(8, 64, 0),
            new Effort(8, 32, 8),
            new Effort(12, 64, 16),
            new Effort(32, 128, 32),
            new Effort(48, 192, 64),
            new Effort(128, 258, 128),
            new Effort(512, 258, 258)
        };

        static Effort of(int level) {
            return OF_LEVELS[level - 1];
        }
    }

    private DeflatedBlock(Effort effort, byte[] before, byte[] block) {
        this.effort = effort;
        this.end = before.length + block.length;
        this.text = Arrays.copyOf(before, end + MatchSearch.PADDING);
        System.arraycopy(block, 0, text, before.length, block.length);
        this.search = new MatchSearch(text, end);
        this.output = new BitSink(mostBytes(block.length));
        this.writer = new DeflateWriter(output);
        this.begin = before.length;
    }

    /**
     * Compresses a block.
     *
     * @param level from 1, the fastest, to 9
     * @param before the text before the block, at most {@value #WINDOW_BYTES} bytes of it
     */
    public static byte[] compress(int level, byte[] before, byte[] block) {
        return new DeflatedBlock(Effort.of(level), before, block).compress();
    }

    private byte[] compress() {
        for (place = 0; place < begin; place++) {
            search.insert(place);
        }
        while (place < end) {
            if (tokens.isFull()) {
                writeTokens();
            }
            next();
        }
        if (!tokens.isEmpty()) {
            writeTokens();
        }
        writer.flush();
        return output.toByteArray();
    }

    /** Takes the next token, and the literals that lead to it where a later match is longer. */
    private void next() {
        int length = search.find(place, 0, effort.depth, effort.enough);
        if (length == 0) {
            tokens.addLiteral(text[place++]);
            return;
        }
        int distance = search.distance();
        boolean followed = false;
        while (length < effort.lazy && place + 1 < end) {
            int longer = search.find(place + 1, length, length >= 32 ? effort.depth / 4 : effort.depth, effort.enough);
            followed = true;
            if (longer == 0) {
                break;
            }
            tokens.addLiteral(text[place++]);
            if (tokens.isFull()) {
                writeTokens();
            }
            length = longer;
            distance = search.distance();
            followed = false;
        }
        tokens.addMatch(length, distance);
        int next = place + length;
        for (place += followed ? 2 : 1; place < next; place++) {
            search.insert(place);
        }
    }

    private void writeTokens() {
        writer.write(tokens, text, begin, place);
        begin = place;
        tokens.clear();
    }

    /** More than the most that an incompressible block can become. */
    private static int mostBytes(int blockBytes) {
        return blockBytes + blockBytes / 8 + 128;
    }
}
