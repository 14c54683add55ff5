package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.UploadGoneException;
import dev.berth.registry.storage.fs.WatchedSync.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often a store syncs, what it shows before, and what it does when it cannot. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FileDurabilityTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b/c");
    private static final ObjectKey SIBLING = ObjectKey.of("a/b/d");

    private final WatchedSync sync = new WatchedSync();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path root;

    private FileObjectStore store;

    @BeforeEach
    void open() throws IOException {
        store = open(sync);
        store.startUpload(ObjectKey.of("s/first")).abort();
    }

    private FileObjectStore open(WatchedSync with) throws IOException {
        return FileObjectStore.open(
                root, FileStorageOptions.defaults(), InstantSource.system(), UnaryOperator.identity(), with, 1_000_000);
    }

    @AfterEach
    void close() throws IOException {
        sync.watch((kind, path) -> {});
        threads.shutdownNow();
        try {
            store.close();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("an earlier failure");
        }
    }

    private interface Call {
        void run() throws Exception;
    }

    private int syncs(Call call) throws Exception {
        int before = sync.count();
        call.run();
        return sync.count() - before;
    }

    @Test
    void eachCallAndEachBatchSyncsOnce() throws Exception {
        assertThat(syncs(() -> store.put(KEY, new byte[300], PutCondition.ifAbsent())))
                .isEqualTo(1);
        assertThat(syncs(() -> store.mark(List.of(SIBLING, ObjectKey.of("m/1"), ObjectKey.of("m/2")))))
                .isEqualTo(1);
        ObjectUpload upload = store.startUpload(ObjectKey.of("s/1"));
        assertThat(syncs(() -> upload.append(0, new ByteArrayInputStream(new byte[20_000]))))
                .isZero();
        assertThat(syncs(() -> store.apply(ObjectBatch.builder()
                        .commit(upload, ObjectKey.of("u/1"), 20_000)
                        .mark(ObjectKey.of("u/2"))
                        .put(ObjectKey.of("u/3"), new byte[70])
                        .delete(KEY)
                        .build())))
                .isEqualTo(1);
        assertThat(store.stat(ObjectKey.of("u/1"))).isPresent();
        assertThat(store.stat(KEY)).isEmpty();
    }

    @Test
    void whatChangesNothingOrNeedNotBeDurableSyncsNothing() throws Exception {
        assertThat(syncs(() -> {
                    store.putTransient(KEY, new byte[300], PutCondition.ifAbsent());
                    store.startUpload(ObjectKey.of("s/1")).abort();
                    store.mark(List.of(KEY));
                    store.delete(SIBLING);
                    store.put(KEY, new byte[1], PutCondition.ifAbsent());
                    store.put(KEY, new byte[1], PutCondition.ifUnchanged(new ObjectVersion("another")));
                }))
                .isZero();
    }

    @Test
    void largeContentIsSyncedBesideTheJournal() throws Exception {
        ObjectUpload upload = store.startUpload(ObjectKey.of("s/1"));
        upload.append(0, new ByteArrayInputStream(new byte[200_000]));
        assertThat(syncs(() -> upload.commit(KEY, 200_000))).isLessThanOrEqualTo(4);
        assertThat(syncs(() -> store.put(SIBLING, new byte[200_000], PutCondition.always())))
                .isEqualTo(3);
    }

    @Test
    void whatIsNotDurableYetIsNotSeen() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        sync.watch((kind, path) -> {
            reached.countDown();
            await(released);
        });
        Future<?> put = threads.submit(() -> store.put(KEY, new byte[1], PutCondition.ifAbsent()));
        await(reached);
        assertThat(store.stat(KEY)).isEmpty();
        Future<Boolean> second = threads.submit(
                () -> store.put(KEY, new byte[1], PutCondition.ifAbsent()).isPresent());
        assertThat(second).isNotDone();
        sync.watch((kind, path) -> {});
        released.countDown();
        put.get();
        assertThat(second.get()).isFalse();
        assertThat(store.stat(KEY)).isPresent();
    }

    @Test
    void callersThatWaitAtTheSameTimeShareASync() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        sync.watch((kind, path) -> {
            reached.countDown();
            await(released);
        });
        Future<?> first = threads.submit(() -> store.put(KEY, new byte[1], PutCondition.ifAbsent()));
        await(reached);
        List<Future<?>> others = IntStream.range(0, 8)
                .<Future<?>>mapToObj(i ->
                        threads.submit(() -> store.put(ObjectKey.of("x/" + i), new byte[1], PutCondition.ifAbsent())))
                .toList();
        while (Thread.getAllStackTraces().values().stream()
                        .filter(stack -> Arrays.stream(stack)
                                .anyMatch(frame -> frame.getMethodName().equals("awaitUninterruptibly")))
                        .count()
                < 8) {
            Thread.onSpinWait();
        }
        int before = sync.count();
        sync.watch((kind, path) -> {});
        released.countDown();
        first.get();
        for (Future<?> other : others) {
            other.get();
        }
        assertThat(sync.count() - before).isEqualTo(1);
    }

    @Test
    void afterAFailureToSyncNothingIsToldToBeDurable() throws IOException {
        sync.watch((kind, path) -> {
            throw new IOException("The disk is broken");
        });
        assertThatIOException()
                .isThrownBy(() -> store.put(KEY, new byte[1], PutCondition.ifAbsent()))
                .withMessageContaining("The disk is broken");
        sync.watch((kind, path) -> {});
        assertThat(store.stat(KEY)).isEmpty();
        assertThatIOException()
                .isThrownBy(() -> store.mark(List.of(SIBLING)))
                .withMessageContaining("The disk is broken")
                .withMessageContaining("opened again");
        assertThatIOException().isThrownBy(store::checkHealth).withMessageContaining("The disk is broken");
        assertThatIOException().isThrownBy(store::close).withMessageContaining("The disk is broken");
        store = open(new WatchedSync());
        store.mark(List.of(SIBLING));
        assertThat(store.stat(SIBLING)).isPresent();
    }

    @Test
    void anUploadWhoseBytesTheDiskHasNotTakenIsGone() throws IOException {
        ObjectKey staging = ObjectKey.of("s/second");
        ObjectUpload upload = store.startUpload(staging);
        upload.append(0, new ByteArrayInputStream(new byte[100_000]));
        sync.watch((kind, path) -> {
            if (kind == Kind.FILE) {
                throw new IOException("Input/output error");
            }
        });
        assertThatIOException().isThrownBy(() -> upload.commit(KEY, 100_000)).withMessage("Input/output error");

        sync.watch((kind, path) -> {});
        assertThatExceptionOfType(UploadGoneException.class).isThrownBy(() -> upload.commit(KEY, 100_000));
        assertThat(store.resumeUpload(staging)).isEmpty();
        assertThat(store.stat(KEY)).isEmpty();
    }

    @Test
    void aSegmentIsRetiredBesideTheCallsAndACloseLeavesNothing() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        sync.watch((kind, path) -> {
            if (kind == Kind.FILE || kind == Kind.DISK) {
                reached.countDown();
                await(released);
            }
        });
        for (int i = 0; i < 40; i++) {
            store.put(ObjectKey.of("x/" + i), new byte[60_000], PutCondition.always());
        }
        await(reached);
        store.put(KEY, new byte[1], PutCondition.always());
        released.countDown();
        store.close();
        assertThat(root.resolve(".berth-journal")).doesNotExist();
        assertThat(Files.size(root.resolve("x/7"))).isEqualTo(60_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
