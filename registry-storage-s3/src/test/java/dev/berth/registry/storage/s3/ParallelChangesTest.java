package dev.berth.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** The changes of a batch are made at the same time, and none of them is under way when the call has ended. */
@Timeout(120)
class ParallelChangesTest {
    private static final ObjectKey STAGING = ObjectKey.of("staging/one");

    private final String prefix = Gateway.newPrefix();
    private final Requests requests = new Requests();

    @Test
    void allAreMadeInOneRoundTripAndAllDeletionsByOneRequest() throws Exception {
        RoundTrips trips = new RoundTrips();
        try (S3ObjectStore store = trips.open(S3Proxy.get().options(prefix).build(), requests)) {
            ObjectBatch puts = batch(10).build();
            assertThat(trips.of(() -> store.apply(puts))).isEqualTo(1);
            requests.take();
            ObjectBatch.Builder changes =
                    ObjectBatch.builder().put(key(100), new byte[] {1}).mark(key(101));
            IntStream.range(0, 10).forEach(i -> changes.delete(key(i)));
            assertThat(trips.of(() -> store.apply(changes.build()))).isEqualTo(1);
            assertThat(Requests.operations(requests.take()))
                    .containsExactlyInAnyOrder("PutObject", "PutObject", "DeleteObjects");
            assertThat(names(store)).containsExactly("many/100", "many/101");
            store.apply(ObjectBatch.builder().build());
            store.apply(ObjectBatch.builder().delete(key(100)).build());
            assertThat(Requests.operations(requests.take())).contains("DeleteObject");
        }
    }

    @Test
    void anUploadIsCommittedBesideTheOtherChanges() throws Exception {
        RoundTrips trips = new RoundTrips();
        try (S3ObjectStore store = trips.open(S3Proxy.get().options(prefix).build(), requests);
                ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, new ByteArrayInputStream(new byte[1000]));
            ObjectBatch changes = batch(3).commit(upload, key(100), 1000).build();
            assertThat(trips.of(() -> store.apply(changes)))
                    .as("the state of the upload, the object, what was staged")
                    .isEqualTo(3);
            assertThat(names(store)).containsExactly("many/0", "many/1", "many/100", "many/2");
            assertThat(store.resumeUpload(STAGING)).isEmpty();
        }
    }

    @Test
    void whatFindsNoFreeThreadIsDoneByTheCaller() throws IOException {
        try (S3ObjectStore store = S3ObjectStore.open(
                S3Proxy.get().options(prefix).maxConnections(2).build(), requests)) {
            store.apply(batch(20).build());
            assertThat(names(store)).hasSize(20);
        }
    }

    @Test
    void theFirstFailureIsThrownAndTheOthersWithIt() throws IOException {
        AtomicInteger underWay = new AtomicInteger();
        try (S3ObjectStore store = S3Proxy.get().store(prefix, new UnderWay(underWay));
                ObjectUpload upload = store.startUpload(STAGING)) {
            ObjectBatch.Builder changes = batch(3);
            for (int size : new int[] {1, 2}) {
                changes.commit(upload, key(100 + size), size);
            }
            assertThatIOException()
                    .isThrownBy(() -> store.apply(changes.build()))
                    .withMessageContaining("staging/one")
                    .satisfies(failure -> assertThat(failure.getSuppressed()).hasSizeLessThanOrEqualTo(1));
            assertThat(underWay).hasValue(0);
            assertThat(upload.size()).isZero();
        }
    }

    @Test
    void anInterruptIsThrownOnceNothingIsUnderWay() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        CountDownLatch sent = new CountDownLatch(4);
        CountDownLatch answered = new CountDownLatch(1);
        ExecutionInterceptor held = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (context.httpRequest().encodedPath().contains("/many/")) {
                    sent.countDown();
                    awaitUninterruptibly(answered);
                }
            }
        };
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (S3ObjectStore store = S3Proxy.get().store(prefix, new UnderWay(underWay), held)) {
            Future<Boolean> applied = threads.submit(() -> {
                Thread applying = Thread.currentThread();
                new Thread(() -> {
                            awaitUninterruptibly(sent);
                            applying.interrupt();
                            answered.countDown();
                        })
                        .start();
                assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> store.apply(batch(4).build()));
                assertThat(underWay).hasValue(0);
                return Thread.interrupted();
            });
            assertThat(applied.get(1, TimeUnit.MINUTES))
                    .as("the thread is still interrupted")
                    .isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aThreadThatIsInterruptedAlreadySendsNothing() throws IOException {
        try (S3ObjectStore store = S3ObjectStore.open(
                S3Proxy.get()
                        .options(prefix)
                        .requestTimeout(Duration.ofSeconds(10))
                        .build(),
                requests)) {
            requests.take();
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> store.apply(batch(4).build()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(requests.take()).isEmpty();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts the calls that have begun and not ended. */
    private record UnderWay(AtomicInteger number) implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            number.incrementAndGet();
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            number.decrementAndGet();
        }

        @Override
        public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
            number.decrementAndGet();
        }
    }

    private static ObjectBatch.Builder batch(int puts) {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        IntStream.range(0, puts).forEach(i -> batch.put(key(i), new byte[] {(byte) i}));
        return batch;
    }

    private static ObjectKey key(int number) {
        return ObjectKey.of("many/" + number);
    }

    private static List<String> names(S3ObjectStore store) throws IOException {
        return store.list(ListRequest.tree(KeyPrefix.ROOT)).names();
    }
}
