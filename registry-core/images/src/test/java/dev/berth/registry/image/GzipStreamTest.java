package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStreamTest {

    static Stream<byte[]> contents() {
        Random random = new Random(1);
        byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        byte[] words = new byte[1_000_000];
        for (int i = 0; i < words.length; i++) {
            words[i] = (byte) "the quick brown fox".charAt(random.nextInt(19));
        }
        return Stream.of(
                new byte[0],
                new byte[] {1},
                Arrays.copyOf(words, 65_535),
                Arrays.copyOf(words, 65_536),
                Arrays.copyOf(words, 65_537),
                Arrays.copyOf(words, 131_072),
                words,
                noise,
                new byte[2_000_000]);
    }

    private static byte[] gzip(byte[] content, int level, Executor executor) throws IOException {
        try (InputStream gzip = new GzipStream(new ByteArrayInputStream(content), level, executor)) {
            return gzip.readAllBytes();
        }
    }

    private static byte[] gunzip(byte[] compressed) throws IOException {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return content.readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void whatIsCompressedDecompressesToTheSame(byte[] content) throws IOException {
        for (int level : new int[] {1, 3, 6, 9}) {
            byte[] compressed = gzip(content, level, ForkJoinPool.commonPool());

            assertThat(gunzip(compressed)).isEqualTo(content);
            assertThat(compressed.length).isLessThan(content.length + content.length / 100 + 64);
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void theBytesDoNotDependOnTheExecutorOrOnHowTheyAreRead(byte[] content) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(7);
        try {
            byte[] alone = gzip(content, 6, task -> {
                throw new RejectedExecutionException("No");
            });

            assertThat(gzip(content, 6, pool)).isEqualTo(alone);
            assertThat(gzip(content, 6, Runnable::run)).isEqualTo(alone);
            assertThat(gzip(content, 6, task -> {})).isEqualTo(alone);
            try (InputStream slow = new GzipStream(new TricklingStream(content), 6, pool)) {
                assertThat(slow.readAllBytes()).isEqualTo(alone);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void theHeaderTellsNothingOfTheMachine() throws IOException {
        assertThat(gzip(new byte[] {1}, 6, Runnable::run)).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
    }

    /** A block refers to the one before: else words in small blocks would cost much. */
    @Test
    void blocksShareTheirWords() throws IOException {
        byte[] block = new byte[30_000];
        new Random(2).nextBytes(block);
        byte[] content = new byte[block.length * 20];
        for (int i = 0; i < 20; i++) {
            System.arraycopy(block, 0, content, i * block.length, block.length);
        }

        assertThat(gzip(content, 6, Runnable::run).length).isLessThan(block.length * 3 / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 65_536, 200_000, 1_000_000})
    void aFailureOfTheContentIsPassedOn(int goodBytes) {
        InputStream failing = new TricklingStream(new byte[goodBytes]) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                if (count < 0) {
                    throw new IOException("The disk is gone");
                }
                return count;
            }
        };

        assertThatThrownBy(() -> new GzipStream(failing, 6, Runnable::run).readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessage("The disk is gone");
    }

    /** Gives a few bytes at a time. */
    private static class TricklingStream extends InputStream {
        private final Random random = new Random(3);
        private final InputStream content;

        TricklingStream(byte[] content) {
            this.content = new ByteArrayInputStream(content);
        }

        @Override
        public int read() throws IOException {
            return content.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return content.read(target, offset, Math.min(length, 1 + random.nextInt(5_000)));
        }
    }
}
