package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: what is on it stays usable, and nothing is left of what did not fit. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FullDiskTest {
    private static final int MIB = 1024 * 1024;
    private static final ObjectKey KEY = ObjectKey.of("a/b/c");
    private static final ObjectKey STAGING = ObjectKey.of("s/1");

    @TempDir
    private Path temp;

    private MemoryDisk disk;
    private Path root;
    private FileObjectStore store;

    @BeforeEach
    void mount() throws IOException {
        disk = MemoryDisk.need(temp, "size=1m,nr_inodes=200");
        root = disk.directory();
        store = FileObjectStore.open(root);
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) {
            store.close();
            disk.close();
        }
    }

    @Test
    void leavesNothingOfAPutThatDoesNotFit() throws IOException {
        long free = free();
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> store.put(KEY, new byte[2 * MIB], PutCondition.ifAbsent()))
                .withMessage("There is no room left on the disk for 'a/b/c'");
        assertThat(files()).isEmpty();
        assertThat(free()).isEqualTo(free);
    }

    @Test
    void leavesNoDirectoriesOfWhatCouldNotBeMade() throws IOException {
        List<ObjectKey> marks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            marks.add(ObjectKey.of("m/" + i + "/x"));
        }
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> store.mark(marks));
        List<String> groups = store.list(ListRequest.level(KeyPrefix.of("m/"))).names();
        List<String> keys = store.list(ListRequest.tree(KeyPrefix.of("m/"))).names();
        assertThat(keys).isNotEmpty();
        assertThat(groups).as("groups with nothing in them").hasSameSizeAs(keys);
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> store.startUpload(STAGING).close());
        assertThat(store.resumeUpload(STAGING)).isEmpty();
        store.deleteTree(KeyPrefix.of("m/"));
        store.mark(marks.subList(0, 50));
    }

    @Test
    void whatFillsTheDiskCanBeDeletedAfterItWasOpenedAgain() throws IOException {
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            fill(upload);
            upload.commit(KEY, upload.size());
        }
        store.close();
        store = FileObjectStore.open(root);
        assertThat(store.stat(KEY).orElseThrow().size()).isGreaterThan(MIB / 2);
        assertThat(store.list(ListRequest.tree(KeyPrefix.ROOT)).names()).containsExactly(KEY.value());
        store.delete(KEY);
        assertThat(store.put(KEY, new byte[MIB / 2], PutCondition.ifAbsent())).isPresent();
    }

    @Test
    void takesBackOnlyTheAppendThatDidNotFit() throws IOException {
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, new ByteArrayInputStream(new byte[100_000]));
            long free = free();
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> upload.append(100_000, new ByteArrayInputStream(new byte[2 * MIB])))
                    .withMessageContaining("s/1");
            assertThat(upload.size()).isEqualTo(100_000);
            assertThat(free()).isEqualTo(free);
            assertThat(upload.append(100_000, new ByteArrayInputStream(new byte[10])))
                    .isEqualTo(100_010);
            upload.commit(KEY, 100_010);
        }
        assertThat(files()).containsExactly("a/b/c");
    }

    @Test
    void anAbortGivesTheRoomBackWhileTheAppendStillHangs() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        PipedOutputStream client = new PipedOutputStream();
        try (InputStream body = new PipedInputStream(client, 64 * 1024);
                ObjectUpload upload = store.startUpload(STAGING)) {
            Future<Long> append = thread.submit(() -> upload.append(0, body));
            client.write(new byte[800_000]);
            // Whoever has read everything hangs now; the last buffer may not be full and not be written.
            while (upload.size() < 700_000) {
                Thread.onSpinWait();
            }
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> store.put(KEY, new byte[MIB / 2], PutCondition.always()));
            upload.abort();
            assertThat(append).isNotDone();
            assertThat(store.put(KEY, new byte[MIB * 3 / 4], PutCondition.always()))
                    .isPresent();
            client.close();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(append::get)
                    .withCauseInstanceOf(UploadGoneException.class);
        } finally {
            thread.shutdownNow();
        }
        assertThat(files()).containsExactly("a/b/c");
    }

    @Test
    void anotherFailureIsNotTakenForAFullDisk() throws IOException {
        store.mark(List.of(KEY));
        assertThatIOException()
                .isThrownBy(() -> store.put(ObjectKey.of("a/b/c/d"), new byte[10], PutCondition.always()))
                .isNotInstanceOf(StorageFullException.class);
    }

    private static void fill(ObjectUpload upload) throws IOException {
        for (int part = MIB / 2; part > 0; part /= 2) {
            try {
                upload.append(upload.size(), new ByteArrayInputStream(new byte[part]));
            } catch (StorageFullException e) {
                assertThat(part).isLessThan(MIB);
            }
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** All files on the disk but those that a store has as long as it is open. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> !name.startsWith(".berth-lock")
                            && !name.startsWith(".berth-reserve")
                            && !name.startsWith(".berth-journal")
                            && !name.equals(".berth-uploads/.boot"))
                    .toList();
        }
    }
}
