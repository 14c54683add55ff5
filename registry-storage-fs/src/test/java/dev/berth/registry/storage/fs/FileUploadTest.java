package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads as files: what is there when the store, the process or the directory goes away under them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FileUploadTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b/c");
    private static final ObjectKey STAGING = ObjectKey.of("s/1");

    @TempDir
    private Path root;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final PipedOutputStream client = new PipedOutputStream();
    private FileObjectStore store;

    @BeforeEach
    void open() throws IOException {
        store = FileObjectStore.open(root);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        thread.shutdownNow();
        store.close();
    }

    @Test
    void isAFileBelowItsKeyUntilItIsCommitted() throws IOException {
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            assertThat(root.resolve(".berth-uploads/s/1")).isEmptyFile();
            upload.append(0, new ByteArrayInputStream(new byte[] {1, 2}));
            assertThat(root.resolve(".berth-uploads/s/1")).hasBinaryContent(new byte[] {1, 2});
            upload.commit(KEY, 2);
        }
        assertThat(root.resolve("a/b/c")).hasBinaryContent(new byte[] {1, 2});
        assertThat(root.resolve("s")).doesNotExist();
        assertThat(root.resolve(".berth-uploads/s/1")).doesNotExist();
        store.close();
        assertThat(root.resolve(".berth-uploads")).doesNotExist();
    }

    @Test
    void aSecondOneOfTheSameNameIsRefused() throws IOException {
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, new ByteArrayInputStream(new byte[3]));
            assertThatIOException().isThrownBy(() -> store.startUpload(STAGING)).withMessageContaining("s/1");
            assertThat(upload.size()).isEqualTo(3);
        }
    }

    @Test
    void anAppendThatHangsWhenTheStoreIsClosedWritesNoMore() throws Exception {
        ObjectUpload upload = store.startUpload(STAGING);
        upload.append(0, new ByteArrayInputStream(new byte[10]));
        Future<Long> append = hang(upload, 10);
        store.close();
        try (FileObjectStore next = FileObjectStore.open(root)) {
            ObjectUpload resumed = next.resumeUpload(STAGING).orElseThrow();
            long kept = resumed.size();
            client.write(new byte[200_000]);
            client.close();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(append::get)
                    .withCauseInstanceOf(IOException.class)
                    .withMessageContaining("is closed");
            assertThat(resumed.size())
                    .as("size, now that the other one has ended")
                    .isEqualTo(kept);
            resumed.commit(KEY, kept);
            assertThat(next.stat(KEY).orElseThrow().size()).isEqualTo(kept);
        }
    }

    @Test
    void anAppendWhoseFileIsDeletedWithTheTreeIsGone() throws Exception {
        ObjectUpload upload = store.startUpload(STAGING);
        Future<Long> append = hang(upload, 0);
        store.deleteTree(KeyPrefix.of("s/"));
        assertThat(store.resumeUpload(STAGING)).isEmpty();
        client.close();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(append::get)
                .withCauseInstanceOf(UploadGoneException.class);
        assertThat(root.resolve(".berth-uploads/s/1")).doesNotExist();
        assertThatExceptionOfType(UploadGoneException.class).isThrownBy(() -> upload.commit(KEY, 0));
        assertThatExceptionOfType(UploadGoneException.class)
                .isThrownBy(() -> upload.append(0, InputStream.nullInputStream()));
        assertThat(root.resolve("s")).doesNotExist();
        assertThat(root.resolve("a")).doesNotExist();
    }

    @Test
    void tellsTheSizeOfAnAppendUnderWay() throws Exception {
        ObjectUpload upload = store.startUpload(STAGING);
        Future<Long> append = hang(upload, 0);
        long size = upload.size();
        assertThatExceptionOfType(UploadConflictException.class)
                .isThrownBy(() -> upload.append(size, InputStream.nullInputStream()))
                .withMessageContaining("under way")
                .returns(size, UploadConflictException::currentSize);
        assertThatExceptionOfType(UploadConflictException.class).isThrownBy(() -> upload.commit(KEY, size));
        client.close();
        assertThat(append.get()).isEqualTo(upload.size()).isGreaterThanOrEqualTo(100_000);
    }

    @Test
    void readsWhatIsThereAndNotWhatComesMeanwhile() throws IOException {
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, new ByteArrayInputStream(new byte[1000]));
            try (InputStream kept = upload.open()) {
                upload.append(1000, new ByteArrayInputStream(new byte[1000]));
                assertThat(kept.readNBytes(10)).hasSize(10);
                upload.commit(KEY, 2000);
                assertThat(kept.readAllBytes()).hasSize(990);
            }
        }
    }

    @Test
    void bytesThatADeadProcessHasWrittenCount() throws IOException {
        store.startUpload(STAGING).close();
        store.close();
        Files.write(root.resolve(".berth-uploads/s/1"), new byte[] {1, 2, 3});
        store = FileObjectStore.open(root);
        try (ObjectUpload upload = store.resumeUpload(STAGING).orElseThrow()) {
            assertThat(upload.append(3, InputStream.nullInputStream())).isEqualTo(3);
            upload.commit(KEY, 3);
        }
        assertThat(root.resolve("a/b/c")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    /** Starts an append that has written something and waits for more from the client. */
    private Future<Long> hang(ObjectUpload upload, long offset) throws IOException {
        PipedInputStream body = new PipedInputStream(client, 512 * 1024);
        Future<Long> append = thread.submit(() -> upload.append(offset, body));
        client.write(new byte[100_000]);
        while (upload.size() == offset) {
            Thread.onSpinWait();
        }
        return append;
    }
}
