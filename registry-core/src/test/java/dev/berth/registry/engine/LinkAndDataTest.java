package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.Prefetch;
import dev.berth.registry.storage.PutCondition;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The link and the data of a blob are read at the same time if the store can do that, and the link decides. */
class LinkAndDataTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final RepositoryName OTHER = RepositoryName.parse("team/other");

    private final byte[] bytes = "some content".getBytes(StandardCharsets.UTF_8);
    private final Digest digest = Digest.sha256(bytes);
    private final ObjectStore memory = MemoryObjectStore.create();

    @BeforeEach
    void push() {
        blobs(memory, NAME).push(digest, BlobSource.of(bytes));
    }

    private static Blobs blobs(ObjectStore store, RepositoryName repository) {
        return StorageRegistry.over(store).repository(repository).blobs();
    }

    /** A store that answers neither link nor data of a blob before it has been asked for both. */
    private static final class BothOrNothing extends InterceptedStore {
        private final CountDownLatch asked = new CountDownLatch(2);

        BothOrNothing(ObjectStore store) {
            super(store);
        }

        @Override
        <T> T intercept(String operation, String name, Call<T> call) throws IOException {
            if (name.contains("/_layers/") || name.endsWith("/data")) {
                asked.countDown();
                try {
                    assertThat(asked.await(1, TimeUnit.MINUTES))
                            .as("asked for the other one while %s %s is not answered", operation, name)
                            .isTrue();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return call.run();
        }

        @Override
        public <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
            return new Elsewhere<>(reading, discard);
        }
    }

    /** Reads in a thread of its own, at once. */
    private static final class Elsewhere<T> implements Prefetch<T> {
        private final Thread thread;
        private final Consumer<? super T> discard;
        private T result;
        private IOException failure;
        private boolean taken;

        Elsewhere(Reading<T> reading, Consumer<? super T> discard) {
            this.discard = discard;
            this.thread = new Thread(() -> {
                try {
                    result = reading.read();
                } catch (IOException e) {
                    failure = e;
                }
            });
            thread.start();
        }

        @Override
        public T get() throws IOException {
            join();
            taken = true;
            if (failure != null) {
                throw failure;
            }
            return result;
        }

        @Override
        public void close() {
            join();
            if (!taken && failure == null) {
                discard.accept(result);
            }
        }

        private void join() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void findReadsLinkAndDataAtTheSameTime() {
        assertThat(blobs(new BothOrNothing(memory), NAME).find(digest)).isPresent();
    }

    @Test
    void openReadsLinkAndDataAtTheSameTime() throws IOException {
        try (BlobContent content = blobs(new BothOrNothing(memory), NAME).open(digest, ByteRange.all())) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void directUrlReadsLinkAndDataAtTheSameTime() {
        assertThat(blobs(new BothOrNothing(memory), NAME).directUrl(digest, Duration.ofMinutes(1)))
                .as("this store has none")
                .isEmpty();
    }

    @Test
    void aFastStoreIsReadInSequenceInTheCallingThread() throws IOException {
        List<String> asked = new ArrayList<>();
        InterceptedStore store = new InterceptedStore(memory) {
            @Override
            <T> T intercept(String operation, String name, Call<T> call) throws IOException {
                asked.add(
                        operation + " " + name + " in " + Thread.currentThread().getName());
                return call.run();
            }
        };
        Blobs blobs = blobs(store, NAME);
        blobs.find(digest);
        asked.clear();
        blobs.open(digest, ByteRange.all()).close();
        String here = " in " + Thread.currentThread().getName();
        assertThat(asked)
                .containsExactly("open " + Keys.layerLink(NAME, digest) + here, "open " + Keys.data(digest) + here);
        asked.clear();
        assertThat(blobs(store, OTHER).find(digest)).isEmpty();
        assertThat(asked).as("without a link the data is nobody's business").noneMatch(call -> call.contains("/data"));
    }

    /** Reads ahead, and counts what is open. */
    private final class Counting extends InterceptedStore {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger discarded = new AtomicInteger();

        Counting() {
            super(memory);
        }

        @Override
        <T> T intercept(String operation, String name, Call<T> call) throws IOException {
            return call.run();
        }

        @Override
        InputStream reading(String name, InputStream stream) {
            if (!name.endsWith("/data")) {
                return stream;
            }
            opened.incrementAndGet();
            return new FilterInputStream(stream) {};
        }

        @Override
        public <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
            return new Elsewhere<>(reading, unwanted -> {
                discarded.incrementAndGet();
                discard.accept(unwanted);
            });
        }
    }

    @Test
    void dataWithoutALinkIsInvisibleAndClosed() {
        Counting store = new Counting();
        Blobs blobs = blobs(store, OTHER);
        assertThat(blobs.find(digest)).isEmpty();
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> blobs.open(digest, ByteRange.all()))
                .satisfies(unknown -> assertThat(unknown.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN));
        assertThat(store.opened).hasValue(1);
        assertThat(store.discarded).hasValue(2);
    }

    @Test
    void theTargetOfALinkCountsNotItsName() throws IOException {
        byte[] decoy = "not this".getBytes(StandardCharsets.UTF_8);
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, bytes);
        memory.put(Keys.data(sha512), decoy, PutCondition.always());
        memory.put(
                Keys.layerLink(NAME, sha512),
                digest.toString().getBytes(StandardCharsets.US_ASCII),
                PutCondition.always());
        Counting store = new Counting();
        try (BlobContent content = blobs(store, NAME).open(sha512, ByteRange.all())) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
        // The data is opened once more after the look whether it was cut.
        assertThat(store.opened).hasValue(3);
        assertThat(store.discarded).hasValue(1);
        assertThat(blobs(store, NAME).find(sha512).orElseThrow().size()).isEqualTo(bytes.length);
    }

    @Test
    void aFailedReadOfDataCountsOnlyWithALink() {
        InterceptedStore store = new InterceptedStore(memory) {
            @Override
            <T> T intercept(String operation, String name, Call<T> call) throws IOException {
                if (name.endsWith("/data")) {
                    throw new IOException("The disk is gone");
                }
                return call.run();
            }

            @Override
            public <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
                return new Elsewhere<>(reading, discard);
            }
        };
        assertThat(blobs(store, OTHER).find(digest)).isEmpty();
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> blobs(store, NAME).find(digest))
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
