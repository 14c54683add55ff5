package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which entries of directories survive a power cut right after a call: those that a directory had when it was synced
 * last, if the directory itself survives. That is what a system must keep; most keep more.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FileDurabilityTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b/c");
    private static final ObjectKey SIBLING = ObjectKey.of("a/b/d");

    /** What each directory had when it was synced last. */
    private final Map<Path, Set<String>> synced = new ConcurrentHashMap<>();

    private final AtomicReference<DirectorySync> before = new AtomicReference<>(directory -> {});

    @TempDir
    private Path temp;

    private Path root;
    private FileObjectStore store;

    @BeforeEach
    void open() throws IOException {
        root = temp.toRealPath().resolve("root");
        DirectorySync real = DirectorySync.ofPlatform(temp);
        store = FileObjectStore.open(
                root, FileStorageOptions.defaults(), InstantSource.system(), UnaryOperator.identity(), directory -> {
                    before.get().sync(directory);
                    real.sync(directory);
                    isSynced(directory);
                });
    }

    @AfterEach
    void close() throws IOException {
        before.set(directory -> {});
        store.close();
    }

    @Test
    void theDirectoryItself() {
        assertThat(synced.get(root.getParent())).contains("root/");
    }

    @Test
    void putsAndDeletions() throws IOException {
        store.put(KEY, new byte[1], PutCondition.always());
        assertDurable("a/b/c");
        store.put(SIBLING, new byte[1], PutCondition.ifAbsent());
        assertDurable("a/b/c", "a/b/d");
        store.put(ObjectKey.of("a/e/f/g"), new byte[1], PutCondition.ifAbsent());
        assertDurable("a/b/c", "a/b/d", "a/e/f/g");
        store.delete(ObjectKey.of("a/e/f/g"));
        assertDurable("a/b/c", "a/b/d");
        assertThat(store.deleteIfUnchanged(KEY, store.stat(KEY).orElseThrow().version()))
                .isTrue();
        assertDurable("a/b/d");
        store.delete(SIBLING);
        assertDurable();
    }

    @Test
    void marks() throws IOException {
        List<ObjectKey> marks = IntStream.range(0, 30)
                .mapToObj(i -> ObjectKey.of("m/" + i % 3 + "/" + i % 5 + "/" + i))
                .toList();
        store.mark(marks);
        assertDurable(marks.stream().map(ObjectKey::value).toArray(String[]::new));
    }

    @Test
    void trees() throws IOException {
        store.mark(IntStream.range(0, 3000)
                .mapToObj(i -> ObjectKey.of("t/" + i % 7 + "/" + i))
                .toList());
        store.put(KEY, new byte[1], PutCondition.always());
        store.deleteTree(KeyPrefix.of("t/3/"));
        assertThat(durable(root, "")).hasSize(3000 - 429 + 1).doesNotContain("t/3/3");
        store.deleteTree(KeyPrefix.of("t/"));
        assertDurable("a/b/c");
    }

    @Test
    void aTreeThatOthersKeepADirectoryOf() throws IOException {
        store.mark(List.of(ObjectKey.of("t/1/x"), ObjectKey.of("t/1/y"), ObjectKey.of("t/2/x")));
        Files.createFile(root.resolve("t/1/.others"));
        store.deleteTree(KeyPrefix.of("t/"));
        assertDurable("t/1/.others");
    }

    @Test
    void uploads() throws IOException {
        try (ObjectUpload upload = store.startUpload(ObjectKey.of("s/1"))) {
            assertDurable("s/1/content");
            upload.append(0, new ByteArrayInputStream(new byte[5]));
            upload.commit(KEY, 5);
        }
        assertThat(durable(root, "")).contains("a/b/c");
        try (ObjectUpload upload = store.startUpload(ObjectKey.of("s/2"))) {
            upload.abort();
        }
        assertDurable("a/b/c");
    }

    @Test
    void whatAnotherOneIsStillWriting() throws Exception {
        assertWaitsForTheOther(
                () -> store.put(KEY, new byte[1], PutCondition.ifAbsent()),
                List.of(
                        () -> assertThat(store.put(KEY, new byte[1], PutCondition.ifAbsent()))
                                .isEmpty(),
                        () -> store.mark(List.of(KEY)),
                        () -> store.mark(List.of(SIBLING)),
                        () -> store.put(SIBLING, new byte[2], PutCondition.always())),
                true);
    }

    @Test
    void whatAnotherOneIsStillDeleting() throws Exception {
        store.mark(List.of(KEY, ObjectKey.of("a/other")));
        assertWaitsForTheOther(
                () -> store.delete(KEY),
                List.of(
                        () -> store.delete(KEY),
                        () -> store.deleteTree(KeyPrefix.of("a/b/")),
                        () -> assertThat(store.put(
                                        KEY, new byte[1], PutCondition.ifUnchanged(new ObjectVersion("another"))))
                                .isEmpty()),
                false);
    }

    private interface Call {
        void run() throws Exception;
    }

    /**
     * Stops a first caller before it syncs anything, and asserts that what the others rely on is durable all the same.
     */
    private void assertWaitsForTheOther(Call first, List<Call> others, boolean present) throws Exception {
        for (Call other : others) {
            CountDownLatch reached = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                before.set(directory -> {
                    if (Thread.currentThread().getName().startsWith("pool-")) {
                        reached.countDown();
                        await(released);
                    }
                });
                Future<?> call = thread.submit(() -> {
                    first.run();
                    return null;
                });
                await(reached);
                other.run();
                assertThat(durable(root, "").contains(KEY.value())
                                || durable(root, "").contains(SIBLING.value()))
                        .isEqualTo(present);
                released.countDown();
                call.get();
            } finally {
                released.countDown();
                thread.shutdownNow();
                before.set(directory -> {});
            }
            if (present) {
                store.deleteTree(KeyPrefix.of("a/"));
            } else {
                store.mark(List.of(KEY));
            }
        }
    }

    @Test
    void aFailureToSyncIsToldAndDoesNotMakeTheNextOneCareless() throws IOException {
        before.set(directory -> {
            throw new IOException("The disk is broken");
        });
        assertThatIOException()
                .isThrownBy(() -> store.put(KEY, new byte[1], PutCondition.ifAbsent()))
                .withMessage("The disk is broken");
        assertThatIOException().isThrownBy(() -> store.mark(List.of(KEY))).withMessage("The disk is broken");
        before.set(directory -> {});
        store.mark(List.of(KEY));
        assertDurable("a/b/c");
    }

    private void assertDurable(String... paths) throws IOException {
        assertThat(durable(root, "")).containsExactlyInAnyOrder(paths);
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> root.relativize(file).toString())
                            .filter(name -> !name.startsWith(".")))
                    .as("what is there")
                    .containsExactlyInAnyOrder(paths);
        }
    }

    /** The files below a directory after a power cut. */
    private Set<String> durable(Path directory, String prefix) {
        Set<String> files = new HashSet<>();
        for (String name : synced.getOrDefault(directory, Set.of())) {
            if (name.endsWith("/")) {
                files.addAll(durable(directory.resolve(name), prefix + name));
            } else if (!prefix.isEmpty() || !name.startsWith(".")) {
                files.add(prefix + name);
            }
        }
        return files;
    }

    /** From now on the entries that the directory has now survive, and nothing of those that it has not. */
    private void isSynced(Path directory) throws IOException {
        Set<String> entries = new HashSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                entries.add(entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""));
            }
        }
        synced.put(directory, entries);
        synced.keySet().removeIf(path -> {
            boolean below = path.startsWith(directory) && !path.equals(directory);
            return below && !entries.contains(directory.relativize(path).getName(0) + "/");
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
