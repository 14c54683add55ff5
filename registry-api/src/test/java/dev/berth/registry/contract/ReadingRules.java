package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looking up and reading objects. */
abstract class ReadingRules extends StoreRules {
    private static final ObjectKey KEY = key("reading/object");
    private static final int LARGE = 1024 * 1024;

    ReadingRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void returnsWhatWasPut() {
        Cases.ints(0, 1, 4095, 65_535, 65_536, 65_537, 3 * 1024 * 1024 + 1).check(size -> {
            contract.renewStore();
            byte[] content = Contents.random(size, size);
            put(KEY, content);
            assertThat(readExisting(KEY)).isEqualTo(content);
        });
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        put(KEY, new byte[3]);
        for (String absent : List.of("reading/objec", "reading/object2", "reading/other", "other/object", "object")) {
            assertThat(store().stat(key(absent))).as(absent).isEmpty();
            assertThat(store().open(key(absent))).as(absent).isEmpty();
            assertThat(store().open(key(absent), 1, 1)).as(absent).isEmpty();
        }
    }

    @Test
    void aGroupOfKeysIsNotAnObject() throws IOException {
        put(KEY, new byte[3]);
        assertThat(store().stat(key("reading"))).isEmpty();
        assertThat(store().open(key("reading"))).isEmpty();
        assertThat(store().stat(key("reading/object/below"))).isEmpty();
        assertThat(store().open(key("reading/object/below"))).isEmpty();
    }

    @Test
    void tellsSizeVersionAndTime() throws IOException {
        ObjectVersion version = put(KEY, new byte[123]);
        ObjectStat stat = store().stat(KEY).orElseThrow();
        assertThat(stat.size()).isEqualTo(123);
        assertThat(stat.version()).isEqualTo(version);
        // Clocks differ, but not by a day: uploads and objects are purged by their age.
        Instant now = Instant.now();
        assertThat(stat.lastModified()).isBetween(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        assertThat(store().stat(KEY)).as("a second look").contains(stat);
        try (ObjectContent whole = store().open(KEY).orElseThrow();
                ObjectContent part = store().open(KEY, 100, 5).orElseThrow();
                ObjectContent nothing = store().open(KEY, 1000, 5).orElseThrow()) {
            assertThat(whole.stat()).isEqualTo(stat);
            assertThat(part.stat()).as("a part tells of the whole object").isEqualTo(stat);
            assertThat(nothing.stat()).isEqualTo(stat);
        }
    }

    @Test
    void opensEveryPart() throws IOException {
        int size = 200_003;
        byte[] content = Contents.random(1, size);
        put(KEY, content);
        List<Long> offsets =
                List.of(0L, 1L, 65_535L, 65_536L, 65_537L, size - 1L, (long) size, size + 1L, 1L << 40, Long.MAX_VALUE);
        List<Long> lengths = List.of(0L, 1L, 65_536L, 70_000L, (long) size, size + 1L, Long.MAX_VALUE);
        for (long offset : offsets) {
            for (long length : lengths) {
                int from = (int) Math.min(offset, size);
                int to = (int) (from + Math.min(length, size - from));
                try (ObjectContent part = store().open(KEY, offset, length).orElseThrow()) {
                    assertThat(part.stream().readAllBytes())
                            .as("offset %s, length %s", offset, length)
                            .isEqualTo(Arrays.copyOfRange(content, from, to));
                }
            }
        }
    }

    @Test
    void opensEveryPartOfAnEmptyObject() throws IOException {
        put(KEY, new byte[0]);
        for (long offset : List.of(0L, 1L, Long.MAX_VALUE)) {
            for (long length : List.of(0L, 1L, Long.MAX_VALUE)) {
                try (ObjectContent part = store().open(KEY, offset, length).orElseThrow()) {
                    assertThat(part.stream().read()).isEqualTo(-1);
                    assertThat(part.stat().size()).isZero();
                }
            }
        }
    }

    @Test
    void refusesNegativeOffsetsAndLengths() throws IOException {
        put(KEY, new byte[10]);
        assertThatIllegalArgumentException().isThrownBy(() -> store().open(KEY, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> store().open(KEY, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> store().open(KEY, Long.MIN_VALUE, Long.MIN_VALUE));
    }

    @Test
    void hasOneStream() throws IOException {
        put(KEY, new byte[] {1, 2, 3});
        try (ObjectContent content = store().open(KEY).orElseThrow()) {
            InputStream stream = content.stream();
            assertThat(stream.read()).isEqualTo(1);
            assertThat(content.stream()).isSameAs(stream);
            assertThat(content.stream().read()).isEqualTo(2);
        }
    }

    @Test
    void readsSkipsAndReadsOn() throws IOException {
        byte[] bytes = Contents.random(2, 300_000);
        put(KEY, bytes);
        try (ObjectContent content = store().open(KEY, 10, 250_000).orElseThrow()) {
            InputStream stream = content.stream();
            assertThat(stream.read()).isEqualTo(bytes[10] & 0xff);
            stream.skipNBytes(100_000);
            byte[] rest = stream.readAllBytes();
            assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 100_011, 250_010));
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(stream.read(new byte[8])).isEqualTo(-1);
            assertThat(stream.read(new byte[8], 3, 0)).isZero();
        }
    }

    @Test
    void transfersWhatIsLeftAndLeavesTheOutputOpen() throws IOException {
        byte[] bytes = Contents.random(3, 200_000);
        put(KEY, bytes);
        try (ObjectContent content = store().open(KEY, 1_000, 150_000).orElseThrow()) {
            assertThat(content.stream().readNBytes(500)).isEqualTo(Arrays.copyOfRange(bytes, 1_000, 1_500));
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            OutputStream output = new OutputStream() {
                @Override
                public void write(int b) {
                    written.write(b);
                }

                @Override
                public void write(byte[] block, int offset, int length) {
                    assertThat(length).isLessThanOrEqualTo(64 * 1024);
                    written.write(block, offset, length);
                }

                @Override
                public void close() {
                    throw new AssertionError("The output must stay open");
                }
            };
            assertThat(content.transferTo(output)).isEqualTo(149_500);
            assertThat(written.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 1_500, 151_000));
            assertThat(content.transferTo(output)).as("nothing is left").isZero();
        }
    }

    @Test
    void passesTheOutputsFailureOn() throws IOException {
        put(KEY, new byte[LARGE]);
        IOException failure = new IOException("The client is gone");
        try (ObjectContent content = store().open(KEY).orElseThrow()) {
            assertThatIOException()
                    .isThrownBy(() -> content.transferTo(new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            throw failure;
                        }
                    }))
                    .isSameAs(failure);
        }
        assertThat(readExisting(KEY)).hasSize(LARGE);
    }

    @Test
    void isReadByManyAtTheSameTime() throws Exception {
        byte[] bytes = Contents.random(5, LARGE);
        put(KEY, bytes);
        List<ObjectContent> opened = new ArrayList<>();
        for (int i = 0; i < contract.racers(); i++) {
            opened.add(store().open(KEY, i, Long.MAX_VALUE).orElseThrow());
        }
        Racers.race(opened.size(), i -> {
            try (ObjectContent content = opened.get(i)) {
                assertThat(content.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, i, bytes.length));
            }
            return null;
        });
    }
}
