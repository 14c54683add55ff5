package dev.berth.registry.image.deflate;

import java.util.Arrays;

/**
 * Writes blocks of DEFLATE (RFC 1951, section 3.2.3), none of which is the last, each in the one of the three forms that
 * is the shortest for it.
 */
final class DeflateWriter {
    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;
    private static final int KIND_BITS = 2;

    private static final int MOST_STORED = 65_535;
    private static final int STORED_HEADER_BITS = 4 * Byte.SIZE;

    private static final HuffmanCode FIXED_LITERALS = fixedLiterals();
    private static final HuffmanCode FIXED_DISTANCES = fixedDistances();

    private final BitSink output;

    DeflateWriter(BitSink output) {
        this.output = output;
    }

    private static HuffmanCode fixedLiterals() {
        byte[] lengths = new byte[288];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            lengths[symbol] = (byte) (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8);
        }
        return HuffmanCode.ofLengths(lengths);
    }

    private static HuffmanCode fixedDistances() {
        byte[] lengths = new byte[DeflateSymbols.DISTANCES];
        Arrays.fill(lengths, (byte) 5);
        return HuffmanCode.ofLengths(lengths);
    }

    /** Writes a block: the tokens, or the text that they were made of. */
    void write(DeflateTokens tokens, byte[] text, int from, int to) {
        int[] literals = tokens.literalFrequencies();
        int[] distances = tokens.distanceFrequencies();
        literals[DeflateSymbols.END_OF_BLOCK] = 1;
        HuffmanCode literalCode = HuffmanCode.best(literals, HuffmanCode.LONGEST);
        HuffmanCode distanceCode = HuffmanCode.best(distances, HuffmanCode.LONGEST);
        CodeLengths header = new CodeLengths(literalCode, distanceCode);
        long dynamicBits = header.bits() + literalCode.bits(literals) + distanceCode.bits(distances);
        long fixedBits = FIXED_LITERALS.bits(literals) + FIXED_DISTANCES.bits(distances);
        long extraBits = extraBits(literals, distances);
        if (storedBits(to - from) <= Math.min(dynamicBits, fixedBits) + extraBits) {
            writeStored(text, from, to);
        } else if (fixedBits <= dynamicBits) {
            begin(FIXED);
            writeTokens(tokens, FIXED_LITERALS, FIXED_DISTANCES);
        } else {
            begin(DYNAMIC);
            header.writeTo(output);
            writeTokens(tokens, literalCode, distanceCode);
        }
    }

    /** Writes a block with nothing in it, after which the output is at the end of a byte. */
    void flush() {
        writeStored(new byte[0], 0, 0);
    }

    private void begin(int kind) {
        // The bit before the kind says that this is not the last block.
        output.add((long) kind << 1, 1 + KIND_BITS);
    }

    private static long extraBits(int[] literals, int[] distances) {
        long bits = 0;
        for (int symbol = DeflateSymbols.END_OF_BLOCK + 1; symbol < literals.length; symbol++) {
            bits += (long) literals[symbol] * DeflateSymbols.bitsAfterLiteral(symbol);
        }
        for (int symbol = 0; symbol < distances.length; symbol++) {
            bits += (long) distances[symbol] * DeflateSymbols.bitsAfterDistance(symbol);
        }
        return bits;
    }

    private static long storedBits(int length) {
        int blocks = Math.max(1, (length + MOST_STORED - 1) / MOST_STORED);
        return (long) length * Byte.SIZE + (long) blocks * (STORED_HEADER_BITS + Byte.SIZE - 1);
    }

    private void writeStored(byte[] text, int from, int to) {
        int begin = from;
        do {
            int end = Math.min(to, begin + MOST_STORED);
            begin(STORED);
            output.align();
            int length = end - begin;
            output.add(length | (long) (~length & 0xffff) << Short.SIZE, STORED_HEADER_BITS);
            output.add(text, begin, end);
            begin = end;
        } while (begin < to);
    }

    private void writeTokens(DeflateTokens tokens, HuffmanCode literals, HuffmanCode distances) {
        int size = tokens.size();
        for (int i = 0; i < size; i++) {
            int length = tokens.length(i);
            int value = tokens.value(i);
            if (length == 0) {
                output.add(literals.code(value), literals.length(value));
            } else {
                int symbol = DeflateSymbols.ofLength(length);
                long bits = literals.code(symbol);
                int count = literals.length(symbol);
                int extra = DeflateSymbols.bitsAfterLiteral(symbol);
                if (extra > 0) {
                    bits |= (long) (length - DeflateSymbols.lengthBase(symbol)) << count;
                    count += extra;
                }
                int distance = DeflateSymbols.ofDistance(value);
                bits |= (long) distances.code(distance) << count;
                count += distances.length(distance);
                bits |= (long) (value - DeflateSymbols.distanceBase(distance)) << count;
                count += DeflateSymbols.bitsAfterDistance(distance);
                output.add(bits, count);
            }
        }
        output.add(literals.code(DeflateSymbols.END_OF_BLOCK), literals.length(DeflateSymbols.END_OF_BLOCK));
    }
}
