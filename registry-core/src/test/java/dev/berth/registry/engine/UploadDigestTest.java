package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pushed content is hashed as it arrives, and read back only if necessary. */
class UploadDigestTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");

    private final ObjectStore store = MemoryObjectStore.create();
    private final CountingStore counting = new CountingStore(store);
    private final Blobs blobs = blobsOf(counting);
    private final byte[] bytes = random(300_000);
    private final Digest digest = Digest.sha256(bytes);

    private static Blobs blobsOf(ObjectStore store) {
        return StorageRegistry.over(store).repository(NAME).blobs();
    }

    private static byte[] random(int size) {
        byte[] random = new byte[size];
        new Random(size).nextBytes(random);
        return random;
    }

    private BlobSource part(int from, int to) {
        return BlobSource.of(Arrays.copyOfRange(bytes, from, to));
    }

    private void assertStored(Digest stored) throws IOException {
        try (BlobContent content = blobs.open(stored)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aPushInOneCallReadsNothingBack() {
        Cases.ints(0, 1, 65_536, 300_000).check(size -> {
            byte[] some = random(size);
            blobs.push(Digest.sha256(some), BlobSource.once(new ByteArrayInputStream(some)));
            assertThat(counting.dataBytesRead()).isZero();
        });
    }

    @Test
    void anUploadInPiecesReadsNothingBack() {
        Cases.of(DigestAlgorithm.values()).check(algorithm -> {
            counting.reset();
            BlobUpload upload = blobs.startUpload(UploadOptions.of(algorithm));
            upload.append(0, part(0, 100));
            upload.append(100, part(100, 150_000));
            blobs.resumeUpload(upload.id()).append(150_000, part(150_000, bytes.length));
            Digest expected = Digest.compute(algorithm, bytes);
            upload.commit(expected);
            assertThat(counting.dataBytesRead()).isZero();
            assertStored(expected);
        });
    }

    @Test
    void committingAnUploadOnAnotherEngineReadsNothingBack() throws IOException {
        BlobUpload upload = blobsOf(store).startUpload();
        upload.append(0, part(0, 1000));
        upload.append(1000, part(1000, bytes.length));
        blobs.resumeUpload(upload.id()).commit(digest);
        assertThat(counting.dataBytesRead()).isZero();
        assertStored(digest);
    }

    @Test
    void theFirstAppendOnAnotherEngineReadsBackOnce() throws IOException {
        BlobUpload upload = blobsOf(store).startUpload();
        upload.append(0, part(0, 200_000));
        BlobUpload resumed = blobs.resumeUpload(upload.id());
        resumed.append(200_000, part(200_000, 250_000));
        assertThat(counting.dataBytesRead()).isEqualTo(200_000);
        resumed.append(250_000, part(250_000, 260_000));
        resumed.append(260_000, part(260_000, bytes.length));
        resumed.commit(digest);
        assertThat(counting.dataBytesRead()).isEqualTo(200_000);
        assertStored(digest);
    }

    @Test
    void aHashOfFewerBytesIsNotUsed() throws IOException {
        BlobUpload upload = blobs.startUpload();
        upload.append(0, part(0, 1000));
        BlobUpload other = blobsOf(store).resumeUpload(upload.id());
        other.append(1000, part(1000, 2000));
        counting.reset();
        upload.append(2000, part(2000, bytes.length));
        assertThat(counting.dataBytesRead()).isEqualTo(2000);
        upload.commit(digest);
        assertThat(counting.dataBytesRead()).isEqualTo(2000);
        assertStored(digest);
    }

    @Test
    void anotherAlgorithmThanWasAnnouncedReadsBackOnce() throws IOException {
        BlobUpload upload = blobs.startUpload();
        upload.append(0, part(0, 1000));
        upload.append(1000, part(1000, bytes.length));
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, bytes);
        upload.commit(sha512);
        assertThat(counting.dataBytesRead()).isEqualTo(bytes.length);
        assertStored(sha512);
    }

    @Test
    void bytesBeforeAFailureOfTheSourceAreKeptAndHashed() throws IOException {
        BlobUpload upload = blobs.startUpload();
        upload.append(0, part(0, 10));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> upload.append(10, BlobSource.once(failingAt(10, 123_456))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(upload.offset()).isEqualTo(123_456);
        upload.append(123_456, part(123_456, bytes.length));
        upload.commit(digest);
        assertThat(counting.dataBytesRead()).isZero();
        assertStored(digest);
    }

    /** The bytes are kept, and the record does not know of them: its hash is not taken for that of the whole. */
    @Test
    void aRecordOfFewerBytesIsNotUsed() throws IOException {
        BlobUpload upload = blobs.startUpload();
        upload.append(0, part(0, 1000));
        Blobs unreliable =
                blobsOf(FailingStore.once(store, "put"::equals, 0, () -> new IOException("The disk is gone")));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> unreliable.resumeUpload(upload.id()).append(1000, part(1000, bytes.length)));
        assertThat(upload.offset()).isEqualTo(bytes.length);
        upload.commit(digest);
        assertThat(counting.dataBytesRead()).isEqualTo(bytes.length);
        assertStored(digest);
    }

    private InputStream failingAt(int from, int to) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, from, to - from), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("The client is gone");
            }
        });
    }

    /** A store that fails may have kept bytes that were not hashed, or none of those that were. */
    @Test
    void afterAFailureOfTheStoreTheBytesAreReadBack() throws IOException {
        for (int failAt = 0; failAt < 3; failAt++) {
            FailingStore failing = FailingStore.once(
                    store,
                    operation -> operation.startsWith("upload."),
                    failAt,
                    () -> new IOException("The disk is gone"));
            Blobs unreliable = blobsOf(failing);
            BlobUpload upload = unreliable.startUpload();
            int offset = 0;
            while (offset < bytes.length) {
                try {
                    offset = (int) upload.append(offset, part(offset, Math.min(bytes.length, offset + 100_000)));
                } catch (RegistryException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    offset = (int) upload.offset();
                }
            }
            assertThat(failing.hasFailed()).isTrue();
            upload.commit(digest);
            assertStored(digest);
        }
    }
}
