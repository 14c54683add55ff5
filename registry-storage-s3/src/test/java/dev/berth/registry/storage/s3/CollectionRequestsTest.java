package dev.berth.registry.storage.s3;

import static dev.berth.registry.storage.s3.RandomBytes.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionReport;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** What collections cost in requests to S3, and what they leave there. The numbers stand in the description of the storage. */
@org.junit.jupiter.api.Tag("any-jdk")
class CollectionRequestsTest {
    private static final Duration GRACE = Duration.ofHours(1);
    private static final KeyPrefix MARKS = KeyPrefix.of("_berth/collection/marks/");
    private static final KeyPrefix CHANGED = KeyPrefix.of("_berth/collection/changed/");
    private static final int AT_ONCE = 4;

    private static final int CONDEMN = 16;
    private static final int REMOVE = 21;
    private static final int FORGET = 5;

    private final Requests requests = new Requests();
    private final Together together = new Together();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private S3ObjectStore store;
    private StorageRegistry registry;
    private Repository app;

    @BeforeEach
    void open() throws IOException {
        store = S3Proxy.get().store(Gateway.newPrefix(), requests, together);
        registry = StorageRegistry.over(
                store,
                StorageOptions.builder().clock(now::get).undelete(Duration.ZERO).build());
        app = registry.repository(RepositoryName.parse("team/app"));
    }

    @AfterEach
    void close() {
        registry.close();
        store.close();
    }

    private CollectionOptions.Builder options(Duration grace) {
        return CollectionOptions.builder()
                .grace(grace)
                .clock(now::get)
                .nanoTime(() -> Duration.between(Instant.EPOCH, now.get()).toNanos())
                .pause(this::pass);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** Makes a pass once all that was done or condemned before is old enough, and returns what was sent. */
    private List<String> later(Collector collector) {
        pass(GRACE.plusMinutes(1));
        requests.take();
        collector.collect(CollectionScope.CHANGED);
        return Requests.operations(requests.take());
    }

    private Digest abandon(int seed) {
        byte[] blob = random(seed, 1000);
        return app.blobs().push(Digest.sha256(blob), BlobSource.of(blob)).digest();
    }

    private List<String> keys(KeyPrefix prefix) throws IOException {
        return store.list(ListRequest.tree(prefix)).names();
    }

    @Test
    void aPassThatFindsNothingSendsFiveRequests() {
        SampleImages images = new SampleImages(1);
        for (int i = 0; i < 5; i++) {
            images.image(app, List.of(1000), Tag.parse("v" + i));
        }
        try (Collector collector = Collector.over(store, options(GRACE).build())) {
            later(collector);
            assertThat(later(collector))
                    .as("broken manifests, holds, marks, what has changed, and what a wrong clock says has")
                    .hasSize(5)
                    .containsOnly("ListObjectsV2");
        }
    }

    @Test
    void aRemovedBlobCostsTheSameHoweverManyThereAre() {
        try (Collector collector = Collector.over(store, options(GRACE).build())) {
            // What is looked up once.
            later(collector);
            abandon(0);
            int[] one = costs(collector);
            for (int i = 1; i <= 5; i++) {
                abandon(i);
            }
            int[] five = costs(collector);
            assertThat(IntStream.range(0, one.length).map(pass -> five[pass] - one[pass]))
                    .as("four blobs more: to condemn them, to remove them, to remove their marks")
                    .containsExactly(4 * CONDEMN, 4 * REMOVE, 4 * FORGET);
        }
    }

    private int[] costs(Collector collector) {
        return new int[] {
            later(collector).size(), later(collector).size(), later(collector).size()
        };
    }

    @Test
    void severalAreRemovedAtTheSameTime() {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE - 1);
        try (Collector collector =
                Collector.over(store, options(GRACE).executor(threads, AT_ONCE).build())) {
            for (int i = 0; i < AT_ONCE; i++) {
                abandon(i);
            }
            later(collector);
            together.expect();
            pass(GRACE.plusMinutes(1));
            CollectionReport report = collector.collect(CollectionScope.CHANGED);
            assertThat(report.count(Kind.REMOVED)).isEqualTo(AT_ONCE);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void marksThatAreLeftEmptyGoWithTheNextPass() throws IOException {
        abandon(1);
        try (Collector collector = Collector.over(store, options(GRACE).build())) {
            later(collector);
            later(collector);
            assertThat(keys(MARKS))
                    .hasSize(1)
                    .allSatisfy(key -> assertThat(
                                    store.stat(ObjectKey.of(key)).orElseThrow().size())
                            .isZero());
            later(collector);
        }
        assertThat(keys(MARKS)).isEmpty();
        assertThat(keys(CHANGED)).isEmpty();
    }

    @Test
    void withAShortGracePeriodEmptyMarksStayAndNobodyMinds() throws IOException {
        Digest blob = abandon(1);
        try (Collector collector =
                Collector.over(store, options(Duration.ofSeconds(1)).build())) {
            collector.complete(CollectionScope.CHANGED);
            assertThat(app.blobs().find(blob)).isEmpty();
            later(collector);
            assertThat(keys(MARKS)).hasSize(1);

            assertThat(abandon(1)).isEqualTo(blob);
            assertThat(app.blobs().find(blob)).isPresent();
            collector.complete(CollectionScope.CHANGED);
            assertThat(app.blobs().find(blob)).isEmpty();
        }
    }

    /** Lets no deletion of data out before there are as many as are worked on at once. */
    private static final class Together implements ExecutionInterceptor {
        private final AtomicBoolean expected = new AtomicBoolean();
        private final CountDownLatch all = new CountDownLatch(AT_ONCE);

        void expect() {
            expected.set(true);
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            if (context.httpRequest().method().name().equals("DELETE")
                    && expected.get()
                    && context.httpRequest().encodedPath().endsWith("/data")) {
                all.countDown();
                try {
                    assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
