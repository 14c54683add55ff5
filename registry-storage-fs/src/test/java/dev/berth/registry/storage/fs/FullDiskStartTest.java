package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.fixtures.SmallDisk;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store is opened on a disk that is full: it is read from, what is on it can be deleted, and it recovers by itself. */
@Timeout(120)
class FullDiskStartTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b/c");
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final byte[] INTENT = new byte[300];
    private static final int MIB = 1024 * 1024;

    @TempDir
    private Path temp;

    private SmallDisk disk;
    private Path root;

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.need(temp, 16 * MIB, 600);
        root = disk.directory().resolve("store");
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }

    private interface Filling {
        void fill() throws IOException;
    }

    private void storeThenFill(Filling filling) throws IOException {
        try (FileObjectStore store = FileObjectStore.open(root)) {
            store.put(KEY, CONTENT, PutCondition.always());
            for (int i = 0; i < 50; i++) {
                store.put(ObjectKey.of("many/" + i + "/link"), CONTENT, PutCondition.always());
            }
        }
        filling.fill();
    }

    private static void assertServes(FileObjectStore store) throws IOException {
        try (ObjectContent content = store.open(KEY).orElseThrow()) {
            assertThat(content.stream().readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(store.list(ListRequest.tree(KeyPrefix.of("a/"))).names()).containsExactly(KEY.value());
    }

    private static void assertFull(FileObjectStore store) {
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> store.put(ObjectKey.of("new/object"), new byte[5000], PutCondition.ifAbsent()));
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> {
            try (var upload = store.startUpload(ObjectKey.of("staging"))) {
                upload.append(0, new java.io.ByteArrayInputStream(new byte[100_000]));
            }
        });
    }

    /** As the engine deletes: each deletion is recorded before it frees anything. */
    private static void assertDeletes(FileObjectStore store) throws IOException {
        assertMarks(store);
        for (int i = 0; i < 50; i++) {
            store.putForDeletion(ObjectKey.of("_berth/index/repairs/" + i), INTENT, PutCondition.always());
            store.delete(ObjectKey.of("many/" + i + "/link"));
        }
        assertThat(store.list(ListRequest.tree(KeyPrefix.of("many/"))).names()).isEmpty();
        assertThat(store.list(ListRequest.tree(KeyPrefix.of("_berth/"))).names())
                .hasSize(50);
        try (ObjectContent intent =
                store.open(ObjectKey.of("_berth/index/repairs/7")).orElseThrow()) {
            assertThat(intent.stream().readAllBytes()).isEqualTo(INTENT);
        }
    }

    /** As a collection marks what it is going to remove: created once, moved by conditional changes, and removed. */
    private static void assertMarks(FileObjectStore store) throws IOException {
        for (int i = 0; i < 20; i++) {
            ObjectKey mark = ObjectKey.of("_berth/collection/marks/sha256/" + i);
            ObjectVersion condemned =
                    store.putForDeletion(mark, INTENT, PutCondition.ifAbsent()).orElseThrow();
            assertThat(store.putForDeletion(mark, CONTENT, PutCondition.ifAbsent()))
                    .isEmpty();
            ObjectVersion deleting = store.putForDeletion(mark, CONTENT, PutCondition.ifUnchanged(condemned))
                    .orElseThrow();
            assertThat(store.putForDeletion(mark, INTENT, PutCondition.ifUnchanged(condemned)))
                    .isEmpty();
            assertThat(store.deleteIfUnchanged(mark, condemned)).isFalse();
            assertThat(store.deleteIfUnchanged(mark, deleting)).isTrue();
            assertThat(store.stat(mark)).isEmpty();
        }
    }

    private void assertRecovers(FileObjectStore store) throws IOException {
        disk.free();
        store.put(ObjectKey.of("new/object"), new byte[5000], PutCondition.ifAbsent());
        store.delete(ObjectKey.of("new/object"));
        assertThatCode(store::checkHealth).doesNotThrowAnyException();
    }

    @Test
    void withoutABlockItServesDeletesAndRecovers() throws IOException {
        storeThenFill(disk::fillBlocks);
        try (FileObjectStore store = FileObjectStore.open(root)) {
            assertServes(store);
            assertFull(store);
            assertDeletes(store);
            assertRecovers(store);
        }
    }

    @Test
    void withoutAnInodeItServesDeletesAndRecovers() throws IOException {
        storeThenFill(disk::fillInodes);
        try (FileObjectStore store = FileObjectStore.open(root)) {
            assertServes(store);
            assertFull(store);
            assertDeletes(store);
            assertRecovers(store);
        }
    }

    @Test
    void withoutBlocksAndInodesItServesAndDeletesAlsoWhenItWasOpenAllTheTime() throws IOException {
        storeThenFill(() -> {});
        try (FileObjectStore store = FileObjectStore.open(root)) {
            disk.fillInodes();
            disk.fillBlocks();
            assertServes(store);
            assertFull(store);
            assertDeletes(store);
            assertRecovers(store);
        }
    }

    @Test
    void theReserveIsFilledAgain() throws IOException {
        storeThenFill(() -> {});
        try (FileObjectStore store = FileObjectStore.open(root)) {
            long whole = reserve();
            assertThat(whole).isBetween(32L, 64L);
            disk.fillBlocks();
            for (int i = 0; i < 5; i++) {
                store.putForDeletion(ObjectKey.of("_berth/index/repairs/" + i), INTENT, PutCondition.always());
            }
            assertThat(reserve()).isLessThanOrEqualTo(whole - 5);
            disk.free();
            for (int i = 0; i < 10; i++) {
                store.delete(ObjectKey.of("many/" + i + "/link"));
            }
            assertThat(reserve()).isEqualTo(whole);
        }
    }

    private long reserve() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(".berth-reserve"))) {
            return files.count();
        }
    }

    @Test
    void aDirectoryOfAnotherProgramIsServedAndChangedOnceThereIsRoom() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.write(root.resolve("a/b/c"), CONTENT);
        disk.fillInodes();
        disk.fillBlocks();
        try (FileObjectStore store = FileObjectStore.open(root)) {
            assertServes(store);
            assertFull(store);
            assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> store.delete(KEY));
            assertThat(root.resolve(".berth-lock")).doesNotExist();
            disk.free();
            assertThatCode(store::checkHealth).doesNotThrowAnyException();
            assertThatIOException()
                    .as("a second store")
                    .isThrownBy(() -> FileObjectStore.open(root))
                    .withMessageContaining("is in use by this process");
            assertRecovers(store);
            store.delete(KEY);
        }
    }

    @Test
    void twoThatWaitForRoomDoNotBothGetTheDirectory() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.write(root.resolve("a/b/c"), CONTENT);
        disk.fillInodes();
        try (FileObjectStore one = FileObjectStore.open(root);
                FileObjectStore other = FileObjectStore.open(root)) {
            disk.free();
            one.put(ObjectKey.of("x"), CONTENT, PutCondition.always());
            assertThatIOException()
                    .isThrownBy(() -> other.put(ObjectKey.of("y"), CONTENT, PutCondition.always()))
                    .withMessageContaining("is in use by this process");
            assertServes(other);
            one.put(ObjectKey.of("z"), CONTENT, PutCondition.always());
        }
    }

    @Test
    void aDiskThatIsMountedReadOnlyIsServed() throws IOException {
        storeThenFill(() -> disk.remount("ro"));
        try (FileObjectStore store = FileObjectStore.open(root)) {
            assertServes(store);
            assertThatIOException()
                    .isThrownBy(() -> store.put(ObjectKey.of("x"), CONTENT, PutCondition.always()))
                    .isNotInstanceOf(StorageFullException.class)
                    .withMessageContaining("Read-only file system");
            disk.remount("rw");
            assertRecovers(store);
        }
    }
}
