package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Writing objects of any size where they are to stay, for stores that do. */
abstract class StreamWritingRules extends StoreRules {
    private static final ObjectKey KEY = key("streamed/object");

    StreamWritingRules(ObjectStoreContract contract) {
        super(contract);
    }

    private void assumeWritesStreams() {
        assumeTrue(contract.writesStreams(), "This store leaves big content to uploads");
    }

    /** Writes bytes that the store must take. */
    private void write(ObjectKey key, InputStream content, long size) throws IOException {
        assertThat(store().write(key, content, size)).as("written").isTrue();
    }

    /** As many bytes as a test says, or as the largest upload has. */
    private int bytes(int size) {
        return size < 0 ? contract.bigUploadBytes() : size;
    }

    @Test
    void aStoreThatDoesNotLeavesTheContentUnread() throws IOException {
        assumeFalse(contract.writesStreams(), "This store writes streams");
        ByteArrayInputStream content = new ByteArrayInputStream(new byte[100]);
        assertThat(store().write(KEY, content, 100)).isFalse();
        assertThat(content.available()).isEqualTo(100);
        assertHoldsOnly();
    }

    @Test
    void anObjectOfThisSizeIsThere() {
        Cases.ints(0, 1, 65_536, 150_001, -1).check(size -> {
            contract.renewStore();
            assumeWritesStreams();
            byte[] content = Contents.random(size, bytes(size));
            write(KEY, stream(content), content.length);
            assertThat(Arrays.equals(readExisting(KEY), content))
                    .as("same bytes")
                    .isTrue();
            assertThat(store().stat(KEY).orElseThrow().size()).isEqualTo(content.length);
            assertHoldsOnly(KEY.value());
        });
    }

    @Test
    void aStreamMayDeliverAFewBytesAtATime() throws IOException {
        assumeWritesStreams();
        byte[] content = Contents.random(1, 100_000);
        write(KEY, UploadStreams.dribble(content), content.length);
        assertThat(readExisting(KEY)).isEqualTo(content);
    }

    @Test
    void theStreamIsNotClosed() throws IOException {
        assumeWritesStreams();
        boolean[] closed = {false};
        InputStream content = new ByteArrayInputStream(new byte[1000]) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        write(KEY, content, 1000);
        assertThat(closed[0]).isFalse();
    }

    @Test
    void aStreamThatFailsChangesNothing() {
        Cases.ints(0, 1, 150_001, -1).check(read -> {
            contract.renewStore();
            assumeWritesStreams();
            byte[] delivered = Contents.random(read, bytes(read));
            IOException failure = new IOException("The client is gone");
            // As well one that fails at its end, where it has delivered everything, as one that has more to come.
            for (long size : new long[] {delivered.length, delivered.length + 100_000L}) {
                assertThatIOException()
                        .isThrownBy(() -> store().write(KEY, UploadStreams.failing(delivered, failure), size))
                        .isSameAs(failure);
                assertHoldsOnly();
            }
            byte[] before = Contents.random(7, 1000);
            put(KEY, before);
            assertThatIOException()
                    .isThrownBy(() -> store().write(KEY, UploadStreams.failing(delivered, failure), delivered.length))
                    .isSameAs(failure);
            assertThat(readExisting(KEY)).isEqualTo(before);
            assertHoldsOnly(KEY.value());
        });
    }

    @Test
    void everyFailureOfTheStreamIsPassedOn() throws IOException {
        assumeWritesStreams();
        for (Throwable failure : List.of(new IllegalStateException("broken"), new LinkageError("missing"))) {
            assertThatThrownBy(() -> store().write(KEY, UploadStreams.throwing(failure), 10))
                    .isSameAs(failure);
        }
        assertHoldsOnly();
    }

    @Test
    void aStreamOfAnotherSizeChangesNothing() {
        Cases.ints(1, 150_001, -1).check(size -> {
            contract.renewStore();
            assumeWritesStreams();
            byte[] content = Contents.random(size, bytes(size));
            assertThatIOException().isThrownBy(() -> store().write(KEY, stream(content), content.length + 1));
            assertThatIOException().isThrownBy(() -> store().write(KEY, stream(content), content.length - 1));
            assertHoldsOnly();
        });
    }

    @Test
    void nothingIsSeenBeforeTheStreamHasEnded() {
        Cases.ints(150_001, -1).check(size -> {
            contract.renewStore();
            assumeWritesStreams();
            byte[] content = Contents.random(size, bytes(size));
            for (Optional<byte[]> before : List.of(Optional.<byte[]>empty(), Optional.of(Contents.random(8, 500)))) {
                store().delete(KEY);
                if (before.isPresent()) {
                    put(KEY, before.get());
                }
                // The end itself is what it waits at.
                UploadStreams.Gated gated = new UploadStreams.Gated(content, content.length);
                Racers.raceAll(List.of(
                        () -> {
                            write(KEY, gated, content.length);
                            return null;
                        },
                        () -> {
                            try {
                                gated.awaitReached();
                                assertThat(read(KEY).map(Arrays::hashCode)).isEqualTo(before.map(Arrays::hashCode));
                                assertThat(tree("")).hasSize(before.isPresent() ? 1 : 0);
                            } finally {
                                gated.open();
                            }
                            return null;
                        }));
                assertThat(Arrays.equals(readExisting(KEY), content))
                        .as("same bytes")
                        .isTrue();
            }
        });
    }

    @Test
    void allWhoWriteTheSameSucceed() {
        Cases.ints(150_001, -1).check(size -> {
            contract.renewStore();
            assumeWritesStreams();
            byte[] content = Contents.random(size, bytes(size));
            Racers.race(size < 0 ? 2 : contract.racers(), racer -> {
                write(KEY, stream(content), content.length);
                assertThat(Arrays.equals(readExisting(KEY), content))
                        .as("same bytes")
                        .isTrue();
                return null;
            });
            assertHoldsOnly(KEY.value());
        });
    }
}
