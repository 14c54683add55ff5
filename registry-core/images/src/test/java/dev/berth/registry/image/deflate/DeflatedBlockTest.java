package dev.berth.registry.image.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compressed here, zlib decompresses: with all that DEFLATE has. */
class DeflatedBlockTest {
    private static final byte[] NOTHING = {};

    private static byte[] compress(int level, byte[] before, byte[] block) throws DataFormatException {
        byte[] compressed = DeflatedBlock.compress(level, before, block);
        Inflater inflater = new Inflater(true);
        try {
            if (before.length > 0) {
                inflater.setDictionary(before);
            }
            inflater.setInput(compressed);
            byte[] back = new byte[block.length + 1];
            int size = inflater.inflate(back);
            assertThat(Arrays.copyOf(back, size)).isEqualTo(block);
            assertThat(inflater.getRemaining()).isZero();
            assertThat(inflater.finished()).isFalse();
        } finally {
            inflater.end();
        }
        return compressed;
    }

    private static byte[] random(Random random, int size, int alphabet) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) random.nextInt(alphabet);
        }
        return bytes;
    }

    /** Runs of all lengths and copies from all distances, with noise between them. */
    private static byte[] patchwork(Random random, int size) {
        byte[] bytes = random(random, size, 256);
        int place = 1;
        while (place < size) {
            int length = Math.min(size - place, 1 + random.nextInt(random.nextBoolean() ? 10 : 600));
            int distance = 1 + random.nextInt(random.nextBoolean() ? Math.min(place, 8) : place);
            for (int i = 0; i < length && random.nextInt(200) > 0; i++) {
                bytes[place] = bytes[place - distance];
                place++;
            }
            place += random.nextInt(12);
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyLevelIsReversible(int level) throws Exception {
        Random random = new Random(level);
        for (int i = 0; i < 60; i++) {
            byte[] text = patchwork(random, 33_000 + random.nextInt(65_000));
            int cut = random.nextInt(DeflatedBlock.WINDOW_BYTES + 1);

            compress(level, Arrays.copyOf(text, cut), Arrays.copyOfRange(text, cut, text.length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void shortTextsAreReversible(int level) throws Exception {
        Random random = new Random(level);
        for (int size = 0; size < 600; size++) {
            compress(level, random(random, random.nextInt(20), 3), random(random, size, 1 + random.nextInt(4)));
            compress(level, NOTHING, new byte[size]);
        }
    }

    /** Frequencies like Fibonacci's numbers make codes of more bits than DEFLATE has. */
    @Test
    void codesThatWouldBeTooLongAreReversible() throws Exception {
        byte[] text = new byte[65_000];
        int symbol = 0;
        int next = 0;
        for (int count = 1, before = 1; next < text.length; symbol++) {
            int end = Math.min(text.length, next + count);
            Arrays.fill(text, next, end, (byte) (symbol * 7));
            next = end;
            int sum = count + before;
            before = count;
            count = sum;
        }
        // Mixed, so that there are literals and hardly a match.
        Random random = new Random(7);
        for (int i = text.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            byte swapped = text[i];
            text[i] = text[other];
            text[other] = swapped;
        }
        for (int level = 1; level <= 9; level++) {
            compress(level, NOTHING, text);
        }
    }

    @Test
    void theLongestMatchesFromTheFarthestPlacesAreFound() throws Exception {
        byte[] before = random(new Random(3), DeflatedBlock.WINDOW_BYTES, 256);
        byte[] block = Arrays.copyOfRange(before, 1, 20_001);

        assertThat(compress(6, before, block).length).isLessThan(20_000 / 258 * 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_534, 65_535, 65_536, 131_072})
    void noiseIsStored(int size) throws Exception {
        byte[] noise = random(new Random(size), size, 256);

        assertThat(compress(6, NOTHING, noise).length).isBetween(size, size + 60);
    }

    /** The levels mean what users of gzip expect of them. */
    @Test
    void blocksAreCompressedAsWellAsByZlib() throws Exception {
        byte[] text = new byte[64 * 1024];
        Random random = new Random(4);
        byte[][] words = new byte[400][];
        for (int i = 0; i < words.length; i++) {
            words[i] = random(random, 2 + random.nextInt(9), 26);
        }
        for (int place = 0; place < text.length; ) {
            byte[] word = words[(int) (words.length * random.nextDouble() * random.nextDouble())];
            int length = Math.min(word.length, text.length - place);
            System.arraycopy(word, 0, text, place, length);
            place += length;
        }
        for (int level : new int[] {1, 3, 6, 9}) {
            Deflater zlib = new Deflater(level, true);
            zlib.setInput(text);
            zlib.finish();
            int zlibBytes = zlib.deflate(new byte[2 * text.length]);
            zlib.end();

            assertThat(compress(level, NOTHING, text).length).isLessThan(zlibBytes * 102 / 100);
        }
    }
}
