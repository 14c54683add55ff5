package dev.berth.registry.storage.s3;

import static dev.berth.registry.storage.s3.RandomBytes.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Uploads of several parts, over several nodes, and what they cost. */
@Tag("any-jdk")
class S3UploadTest {
    private static final int MIB = 1024 * 1024;
    private static final int PART = 5 * MIB;
    private static final ObjectKey STAGING = ObjectKey.of("staging/one");
    private static final ObjectKey TARGET = ObjectKey.of("blobs/target");

    private final String prefix = Gateway.newPrefix();
    private final Requests requests = new Requests();
    private S3ObjectStore store;
    private S3ObjectStore other;

    @BeforeEach
    void open() throws IOException {
        S3StorageOptions options = S3Proxy.get().options(prefix).partBytes(PART).build();
        store = S3ObjectStore.open(options, requests);
        other = S3ObjectStore.open(options, requests);
        requests.take();
    }

    @AfterEach
    void close() {
        store.close();
        other.close();
    }

    @Test
    void appendsOfAllSizesByTurnsOnTwoNodesBecomeOneObject() throws IOException {
        int[] sizes = {
            1, 1000, 3 * MIB, 2 * MIB, PART, 12 * MIB + 7, 10, MIB, PART - 1, 2, 6 * MIB, 300, 11 * MIB, PART - 300
        };
        byte[] content = random(1, Arrays.stream(sizes).sum());
        store.startUpload(STAGING).close();
        int offset = 0;
        for (int i = 0; i < sizes.length; i++) {
            try (ObjectUpload upload =
                    (i % 3 == 2 ? other : store).resumeUpload(STAGING).orElseThrow()) {
                assertThat(upload.append(offset, part(content, offset, sizes[i])))
                        .isEqualTo(offset + sizes[i]);
                offset += sizes[i];
                assertThat(upload.size()).isEqualTo(offset);
            }
        }
        try (ObjectUpload upload = other.resumeUpload(STAGING).orElseThrow()) {
            assertThat(upload.open().readAllBytes()).isEqualTo(content);
            upload.commit(TARGET, content.length);
        }
        assertHolds(content);
        assertThat(names()).containsExactly(TARGET.value());
        assertThat(openUploads()).isEmpty();
    }

    @Test
    void severalSegmentsAreCopiedInEqualPartsThatLieInOneEach() throws IOException {
        byte[] content = random(2, 27 * MIB);
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, part(content, 0, 12 * MIB));
            upload.append(12 * MIB, part(content, 12 * MIB, 12 * MIB));
            upload.append(24 * MIB, part(content, 24 * MIB, 3 * MIB));
            requests.take();
            upload.commit(TARGET, content.length);
        }
        // Segments begin where parts do, at 0, 10 and 20 MiB.
        assertThat(Requests.operations(requests.take()))
                // The listing is beside the copies.
                .containsExactlyInAnyOrder(
                        "PutObject",
                        "CreateMultipartUpload",
                        "UploadPartCopy",
                        "UploadPartCopy",
                        "UploadPartCopy",
                        "CompleteMultipartUpload",
                        "ListObjectsV2",
                        "DeleteObjects");
        assertHolds(content);
    }

    @Test
    void oneAppendIsCommittedByOneCopy() throws IOException {
        byte[] content = random(3, 12 * MIB + 5);
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            upload.append(0, part(content, 0, content.length));
            assertThat(Requests.operations(requests.take()))
                    .containsExactly(
                            "PutObject",
                            "CreateMultipartUpload",
                            "UploadPart",
                            "UploadPart",
                            "UploadPart",
                            "CompleteMultipartUpload",
                            "PutObject");
            upload.commit(TARGET, content.length);
            assertThat(Requests.operations(requests.take()))
                    .containsExactlyInAnyOrder("PutObject", "CopyObject", "ListObjectsV2", "DeleteObjects");
        }
        assertHolds(content);
    }

    @Test
    void smallChunksCostTwoRequestsEachAndAreNotWrittenAgainUntilTheyFillAPart() throws IOException {
        // More than two pages of a listing, which tells at the end which there are.
        int chunks = 50;
        byte[] content = random(4, chunks * 1024);
        S3StorageOptions options = S3Proxy.get().options(prefix).partBytes(PART).build();
        try (S3ObjectStore small = S3ObjectStore.open(options, requests, new SmallPages(20));
                ObjectUpload upload = small.startUpload(STAGING)) {
            upload.append(0, part(content, 0, 1024));
            requests.take();
            for (int i = 1; i < chunks; i++) {
                upload.append(i * 1024L, part(content, i * 1024, 1024));
            }
            assertThat(Requests.operations(requests.take()))
                    .hasSize(2 * (chunks - 1))
                    .containsOnly("PutObject");
            upload.commit(TARGET, content.length);
            assertThat(Requests.operations(requests.take()).stream()
                            .filter("ListObjectsV2"::equals)
                            .count())
                    .as("pages of the listings of chunks and of what is deleted")
                    .isGreaterThanOrEqualTo(6);
        }
        assertHolds(content);
    }

    @Test
    void chunksThatFillAPartAreNotReadBackByTheirWriter() throws IOException {
        int chunk = MIB + 1;
        byte[] content = random(5, 6 * chunk);
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            for (int i = 0; i < 6; i++) {
                upload.append((long) i * chunk, part(content, i * chunk, chunk));
            }
            assertThat(requests.take())
                    .noneMatch(request -> request.startsWith("GetObject")
                            && (request.contains("/chunks/") || request.contains("/segments/")));
            upload.commit(TARGET, content.length);
        }
        assertHolds(content);
    }

    @Test
    void abortingEndsWhatADeadNodeHasLeftOpen() throws IOException {
        store.startUpload(STAGING).close();
        try (S3Client client = S3Proxy.get().client()) {
            client.createMultipartUpload(request ->
                    request.bucket(S3Proxy.get().bucket()).key(prefix + "/" + STAGING + "/segments/of-a-dead-node"));
        }
        assertThat(openUploads()).hasSize(1);
        try (ObjectUpload upload = other.resumeUpload(STAGING).orElseThrow()) {
            upload.abort();
        }
        assertThat(openUploads()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void leftoversOfDeadNodesAreDroppedByTheirAge() throws IOException {
        try (S3Client client = S3Proxy.get().client()) {
            client.createMultipartUpload(
                    request -> request.bucket(S3Proxy.get().bucket()).key(prefix + "/" + TARGET));
        }
        store.dropLeftovers(KeyPrefix.of("blobs/"), Duration.ofHours(1));
        assertThat(openUploads()).as("a young one").hasSize(1);
        store.dropLeftovers(KeyPrefix.of("elsewhere/"), Duration.ofHours(-1));
        assertThat(openUploads()).as("below another prefix").hasSize(1);
        store.dropLeftovers(KeyPrefix.of("blobs/"), Duration.ofHours(-1));
        assertThat(openUploads()).isEmpty();
    }

    private void assertHolds(byte[] content) throws IOException {
        try (ObjectContent committed = store.open(TARGET).orElseThrow()) {
            assertThat(committed.stat().size()).isEqualTo(content.length);
            assertThat(Arrays.equals(committed.stream().readAllBytes(), content))
                    .as("the object is what was appended")
                    .isTrue();
        }
    }

    private List<String> names() throws IOException {
        return store.list(ListRequest.tree(KeyPrefix.ROOT)).names();
    }

    private List<MultipartUpload> openUploads() {
        return S3Proxy.get().openUploads(prefix);
    }

    private static ByteArrayInputStream part(byte[] content, int offset, int length) {
        return new ByteArrayInputStream(content, offset, length);
    }
}
