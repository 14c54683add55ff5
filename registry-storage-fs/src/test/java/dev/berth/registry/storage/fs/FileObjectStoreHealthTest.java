package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is healthy while it has its directory, its lock, and the right to create files. */
class FileObjectStoreHealthTest {
    @TempDir
    private Path parent;

    private Path root;
    private FileObjectStore store;

    @BeforeEach
    void open() throws IOException {
        root = parent.resolve("store");
        store = FileObjectStore.open(root);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private void assertUnhealthy() {
        assertThatIOException()
                .isThrownBy(store::checkHealth)
                .withMessageContaining("'" + root + "' cannot be used any more");
    }

    @Test
    void aHealthyStoreHasNoNewFiles() throws IOException {
        List<Path> before = files();
        assertThatCode(store::checkHealth).doesNotThrowAnyException();
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted().toList();
        }
    }

    @Test
    void aMovedDirectoryIsUnhealthyUntilItIsBack() throws IOException {
        Path elsewhere = parent.resolve("elsewhere");
        Files.move(root, elsewhere);
        assertUnhealthy();
        Files.move(elsewhere, root);
        assertThatCode(store::checkHealth).doesNotThrowAnyException();
    }

    @Test
    void anotherDirectoryInItsPlaceIsUnhealthy() throws IOException {
        Path elsewhere = parent.resolve("elsewhere");
        Files.move(root, elsewhere);
        Files.createDirectories(root.resolve(".berth-tmp"));
        assertUnhealthy();
        Files.delete(root.resolve(".berth-tmp"));
        Files.delete(root);
        Files.move(elsewhere, root);
    }

    @Test
    void aDirectoryThatTakesNoFilesIsUnhealthy() throws IOException {
        Files.delete(root.resolve(".berth-tmp"));
        assertUnhealthy();
        Files.createDirectory(root.resolve(".berth-tmp"));
        assertThatCode(store::checkHealth).doesNotThrowAnyException();
    }

    @Test
    void aDiskThatTakesNoMoreFilesIsUnhealthyUntilOneIsDeleted() throws IOException {
        try (MemoryDisk disk = MemoryDisk.need(parent, "size=1m,nr_inodes=30");
                FileObjectStore small = FileObjectStore.open(disk.directory())) {
            small.checkHealth();
            assertThatIOException().isThrownBy(() -> {
                for (int i = 0; i < 30; i++) {
                    Files.createFile(disk.directory().resolve("file" + i));
                }
            });
            assertThatIOException().isThrownBy(small::checkHealth);
            Files.delete(disk.directory().resolve("file0"));
            small.checkHealth();
        }
    }
}
