package dev.berth.registry.storage.s3;

import static dev.berth.registry.storage.s3.RandomBytes.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A blob of known digest that comes in one request goes straight to its key, and is there only if it is what it should
 * be.
 */
class WholeBlobPushTest {
    private static final int PART = 5 * 1024 * 1024;
    private static final RepositoryName NAME = RepositoryName.parse("library/app");

    private final String prefix = Gateway.newPrefix();
    private final Requests requests = new Requests();
    private final byte[] blob = random(1, 2 * PART + 7);
    private final Digest digest = Digest.sha256(blob);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private S3ObjectStore store;
    private Repository repository;

    @BeforeEach
    void open() throws IOException {
        store = S3ObjectStore.open(S3Proxy.get().options(prefix).partBytes(PART).build(), requests);
        // Time stands still: what takes long is looked at again at the end, which is more requests.
        repository = StorageRegistry.over(
                        store, StorageOptions.builder().clock(now::get).build())
                .repository(NAME);
        // Whether a collection runs is asked for only now and then.
        byte[] first = random(3, 100_000);
        repository.blobs().push(Digest.sha256(first), BlobSource.of(first));
        store.deleteTree(KeyPrefix.of("docker/"));
        requests.take();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatFitsInOnePartIsOneRequest() throws IOException {
        byte[] part = Arrays.copyOf(blob, PART);
        repository.blobs().push(Digest.sha256(part), BlobSource.of(part));
        assertThat(Requests.operations(requests.take()))
                .as("mark, data; link, holder, candidate")
                .containsExactly("GetObject", "PutObject", "PutObject", "PutObject", "PutObject");
        assertHas(part);
    }

    @Test
    void whatIsLargerIsUploadedInPartsAtItsKeyAndNeverCopied() throws IOException {
        repository.blobs().push(digest, BlobSource.of(blob));
        List<String> sent = requests.take();
        assertThat(Requests.operations(sent))
                .containsExactly(
                        "GetObject",
                        "CreateMultipartUpload",
                        "UploadPart",
                        "UploadPart",
                        "UploadPart",
                        "CompleteMultipartUpload",
                        "PutObject",
                        "PutObject",
                        "PutObject");
        assertThat(sent.subList(1, 6)).allMatch(request -> request.endsWith("/" + digest.hex() + "/data"));
        assertHas(blob);
        assertThat(openUploads()).isEmpty();
    }

    /** A collection may have looked in between: what is there is a candidate again, and is read once more with its mark. */
    @Test
    void whatTakesLongIsLookedAtAgain() throws IOException {
        byte[] part = Arrays.copyOf(blob, PART);
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(part)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                now.set(Instant.EPOCH.plusSeconds(1));
                return super.read(buffer, offset, length);
            }
        };
        repository.blobs().push(Digest.sha256(part), BlobSource.once(slow, PART));
        List<String> sent = Requests.operations(requests.take());
        assertThat(sent.subList(0, 6))
                .as("mark, data; link, holder, candidate; candidate")
                .containsExactly("GetObject", "PutObject", "PutObject", "PutObject", "PutObject", "PutObject");
        assertThat(sent.subList(6, sent.size()))
                .as("mark, data, link, holder")
                .containsExactlyInAnyOrder("GetObject", "HeadObject", "GetObject", "HeadObject");
        assertHas(part);
    }

    @Test
    void pushedAgainItIsWrittenAgainAndStaysTheSame() throws IOException {
        repository.blobs().push(digest, BlobSource.of(blob));
        repository.blobs().push(digest, BlobSource.of(blob));
        assertHas(blob);
        assertThat(openUploads()).isEmpty();
    }

    @Test
    void ofASourceThatFailsNothingIsLeft() throws IOException {
        for (int delivered : new int[] {0, PART - 1, PART, 2 * PART + 6, blob.length}) {
            InputStream cut = new SequenceInputStream(new ByteArrayInputStream(blob, 0, delivered), new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("Connection reset");
                }
            });
            assertRefused(ErrorCode.UNAVAILABLE, BlobSource.once(cut, blob.length));
        }
    }

    @Test
    void ofASourceThatIsShorterOrLongerThanItSaidNothingIsLeft() throws IOException {
        for (long announced : new long[] {blob.length - 1, blob.length + 1, PART, PART - 1}) {
            assertRefused(ErrorCode.SIZE_INVALID, BlobSource.once(new ByteArrayInputStream(blob), announced));
        }
    }

    @Test
    void ofSomethingElseThanWasAnnouncedNothingIsLeft() throws IOException {
        for (int size : new int[] {PART / 2, PART, 2 * PART, blob.length}) {
            byte[] other = random(2, size);
            assertRefused(ErrorCode.DIGEST_INVALID, BlobSource.of(other));
        }
    }

    @Test
    void aWrongPushLeavesWhatIsThereAsItIs() throws IOException {
        repository.blobs().push(digest, BlobSource.of(blob));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.blobs().push(digest, BlobSource.of(random(2, blob.length))));
        assertHas(blob);
        assertThat(openUploads()).isEmpty();
    }

    @Test
    @Timeout(60)
    void whatANodeThatDiedHasLeftAtTheKeyIsAbortedAfterTheUploadExpiry() throws IOException {
        repository.blobs().push(digest, BlobSource.of(blob));
        try (S3Client client = S3Proxy.get().client()) {
            client.createMultipartUpload(request -> request.bucket(S3Proxy.get().bucket())
                    .key(prefix + "/docker/registry/v2/blobs/sha256/"
                            + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data"));
        }
        maintain(Duration.ofHours(1));
        assertThat(openUploads()).as("before the expiry").hasSize(1);
        // By the clock of the service, which nobody can turn here. It shows whole seconds.
        while (!openUploads().isEmpty()) {
            maintain(Duration.ofMillis(1));
        }
        assertHas(blob);
    }

    private void maintain(Duration uploadExpiry) {
        StorageOptions options =
                StorageOptions.builder().uploadExpiry(uploadExpiry).build();
        try (StorageRegistry registry = StorageRegistry.over(store, options)) {
            registry.maintain();
        }
    }

    @Test
    void whatDoesNotFitIntoTenThousandPartsIsLeftUnreadToAnUpload() throws IOException {
        ByteArrayInputStream content = new ByteArrayInputStream(new byte[10]);
        ObjectKey key = ObjectKey.of("large/object");
        assertThat(store.write(key, content, 10_000L * PART + 1)).isFalse();
        assertThat(content.available()).isEqualTo(10);
        assertThat(requests.take()).isEmpty();
    }

    private void assertRefused(ErrorCode code, BlobSource content) throws IOException {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.blobs().push(digest, content))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
        assertThat(repository.blobs().find(digest)).isEmpty();
        assertThat(openUploads()).isEmpty();
        assertThat(store.list(ListRequest.tree(KeyPrefix.of("docker/"))).names())
                .isEmpty();
        assertThat(store.list(ListRequest.tree(KeyPrefix.of("_berth/uploads/"))).names())
                .isEmpty();
    }

    private void assertHas(byte[] content) throws IOException {
        try (BlobContent kept = repository.blobs().open(Digest.sha256(content), ByteRange.all())) {
            assertThat(Arrays.equals(kept.stream().readAllBytes(), content))
                    .as("the blob is what was pushed")
                    .isTrue();
        }
    }

    private List<MultipartUpload> openUploads() {
        return S3Proxy.get().openUploads(prefix);
    }
}
