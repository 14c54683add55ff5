package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadGoneException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large uploads go to the disk while they arrive. */
class EarlySyncTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b/c");
    private static final ObjectKey STAGING = ObjectKey.of("s/1");
    private static final int LARGE = 17 * 1024 * 1024;

    @TempDir
    private Path root;

    private final WatchedSync sync = new WatchedSync();
    private final List<Path> synced = new CopyOnWriteArrayList<>();
    private FileObjectStore store;

    @BeforeEach
    void open() throws IOException {
        store = FileObjectStore.open(
                root,
                FileStorageOptions.defaults(),
                InstantSource.system(),
                UnaryOperator.identity(),
                sync,
                1_000_000_000);
        sync.watch((kind, path) -> synced.add(path));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void bytesAreSyncedBeforeTheCommitAndThenAgain() throws IOException {
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, new ByteArrayInputStream(new byte[LARGE]));
            Path staged = root.toRealPath().resolve(".berth-uploads/s/1");
            assertThat(synced).containsOnlyOnce(staged);
            synced.clear();
            upload.commit(KEY, LARGE);
            assertThat(synced).contains(staged);
        }
    }

    @Test
    void smallUploadsAreNot() throws IOException {
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            synced.clear();
            upload.append(0, new ByteArrayInputStream(new byte[LARGE / 2]));
            assertThat(synced).isEmpty();
        }
    }

    @Test
    void anUploadWhoseBytesTheDiskDoesNotTakeIsGone() throws IOException {
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            sync.watch((kind, path) -> {
                throw new IOException("The disk is broken");
            });
            assertThatIOException()
                    .isThrownBy(() -> upload.append(0, new ByteArrayInputStream(new byte[LARGE])))
                    .havingCause()
                    .withMessage("The disk is broken");
            sync.watch((kind, path) -> {});
            assertThat(store.resumeUpload(STAGING)).isEmpty();
            assertThatExceptionOfType(UploadGoneException.class).isThrownBy(() -> upload.commit(KEY, 0));
        }
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, new ByteArrayInputStream(new byte[1]));
            upload.commit(KEY, 1);
        }
        assertThat(store.stat(KEY)).isPresent();
    }
}
