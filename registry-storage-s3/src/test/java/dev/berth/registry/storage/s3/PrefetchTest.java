package dev.berth.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** The two requests for a blob are under way at the same time, and never wait for each other's connection. */
class PrefetchTest {
    private static final RepositoryName NAME = RepositoryName.parse("library/app");
    private static final RepositoryName OTHER = RepositoryName.parse("library/other");

    private final String prefix = Gateway.newPrefix();
    private final byte[] blob = random(3_000_000);
    private final Digest known = Digest.sha256(blob);

    @BeforeEach
    void push() throws IOException {
        try (S3ObjectStore store = S3Proxy.get().store(prefix)) {
            blobs(store, NAME).push(known, BlobSource.of(blob));
        }
    }

    private static Blobs blobs(ObjectStore store, RepositoryName repository) {
        return StorageRegistry.over(store).repository(repository).blobs();
    }

    private S3ObjectStore storeOf(int connections, ExecutionInterceptor... observers) throws IOException {
        return S3ObjectStore.open(
                S3Proxy.get()
                        .options(prefix)
                        .maxConnections(connections)
                        .requestTimeout(Duration.ofSeconds(10))
                        .maxAttempts(1)
                        .build(),
                observers);
    }

    /** Lets no request for a link or data out before there are two of them. */
    private static final class InPairs implements ExecutionInterceptor {
        private final AtomicReference<CountDownLatch> pair = new AtomicReference<>(new CountDownLatch(0));

        void expect() {
            pair.set(new CountDownLatch(2));
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            String path = context.httpRequest().encodedPath();
            if (path.endsWith("/link") || path.endsWith("/data")) {
                CountDownLatch both = pair.get();
                both.countDown();
                try {
                    assertThat(both.await(1, TimeUnit.MINUTES))
                            .as("another request while %s waits", path)
                            .isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Test
    void linkAndDataAreAskedForAtTheSameTime() throws IOException {
        InPairs pairs = new InPairs();
        try (S3ObjectStore store = storeOf(10, pairs)) {
            Blobs blobs = blobs(store, NAME);
            pairs.expect();
            assertThat(blobs.find(known)).isPresent();
            pairs.expect();
            try (BlobContent content = blobs.open(known, ByteRange.all())) {
                assertThat(Arrays.equals(content.stream().readAllBytes(), blob)).isTrue();
            }
        }
    }

    @Test
    void dataThatIsNotWantedGivesItsConnectionBack() throws IOException {
        try (S3ObjectStore store = storeOf(4)) {
            Blobs blobs = blobs(store, OTHER);
            for (int i = 0; i < 30; i++) {
                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> blobs.open(known, ByteRange.all()))
                        .withMessageContaining("There is no blob");
            }
        }
    }

    @Test
    void moreReadersThanConnectionsComeToTheirEnd() throws Exception {
        int readers = 24;
        ExecutorService threads = Executors.newFixedThreadPool(readers);
        try (S3ObjectStore store = storeOf(4)) {
            Blobs blobs = blobs(store, NAME);
            List<Future<Boolean>> reading = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                reading.add(threads.submit(() -> {
                    try (BlobContent content = blobs.open(known, ByteRange.all())) {
                        return Arrays.equals(content.stream().readAllBytes(), blob);
                    }
                }));
            }
            for (Future<Boolean> reader : reading) {
                assertThat(reader.get(2, TimeUnit.MINUTES)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
