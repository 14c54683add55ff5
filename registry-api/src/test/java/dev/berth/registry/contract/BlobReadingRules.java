package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looking blobs up, and reading them as a whole and in part. */
@Tag("end-2")
abstract class BlobReadingRules extends RegistryRules {
    BlobReadingRules(RegistryContract contract) {
        super(contract);
    }

    @Test
    void whatWasNeverPushedIsNotThere() {
        Repository repository = freshRepository();
        assertLacks(repository, Digest.sha256(freshBytes(10)));
        pushFresh(repository, 10);
        assertLacks(repository, Digest.sha256(freshBytes(10)));
        assertLacks(repository, Digest.compute(DigestAlgorithm.SHA512, freshBytes(10)));
    }

    @Test
    void aBlobThatIsOpenSaysWhatItIs() throws IOException {
        Repository repository = freshRepository();
        Digest digest = pushFresh(repository, 1000);
        try (BlobContent content = repository.blobs().open(digest, ByteRange.between(100, 199))) {
            assertThat(content.descriptor()).isEqualTo(Descriptor.of(MediaTypes.OCTET_STREAM, digest, 1000));
            assertThat(content.offset()).isEqualTo(100);
            assertThat(content.length()).isEqualTo(100);
            assertThat(content.stream()).isSameAs(content.stream());
        }
    }

    @Test
    void everyRangeThatHasAByteDeliversWhatItHas() throws IOException {
        byte[] bytes = freshBytes(100);
        assertDelivers(bytes, ByteRange.all(), 0, 100);
        assertDelivers(bytes, ByteRange.from(0), 0, 100);
        assertDelivers(bytes, ByteRange.from(50), 50, 100);
        assertDelivers(bytes, ByteRange.from(99), 99, 100);
        assertDelivers(bytes, ByteRange.between(0, 0), 0, 1);
        assertDelivers(bytes, ByteRange.between(0, 98), 0, 99);
        assertDelivers(bytes, ByteRange.between(0, 99), 0, 100);
        assertDelivers(bytes, ByteRange.between(17, 42), 17, 43);
        assertDelivers(bytes, ByteRange.between(99, 99), 99, 100);
        assertDelivers(bytes, ByteRange.suffix(1), 99, 100);
        assertDelivers(bytes, ByteRange.suffix(99), 1, 100);
        assertDelivers(bytes, ByteRange.suffix(100), 0, 100);
    }

    @Test
    void aRangeThatGoesBeyondTheEndIsCutOff() throws IOException {
        byte[] bytes = freshBytes(100);
        assertDelivers(bytes, ByteRange.between(0, 100), 0, 100);
        assertDelivers(bytes, ByteRange.between(90, 1_000_000), 90, 100);
        assertDelivers(bytes, ByteRange.between(0, Long.MAX_VALUE), 0, 100);
        assertDelivers(bytes, ByteRange.between(99, Long.MAX_VALUE), 99, 100);
        assertDelivers(bytes, ByteRange.suffix(101), 0, 100);
        assertDelivers(bytes, ByteRange.suffix(Long.MAX_VALUE), 0, 100);
    }

    private void assertDelivers(byte[] bytes, ByteRange range, int from, int to) throws IOException {
        Repository repository = freshRepository();
        Digest digest = push(repository, bytes).digest();
        try (BlobContent content = repository.blobs().open(digest, range)) {
            assertThat(content.descriptor().size()).isEqualTo(bytes.length);
            assertThat(content.offset()).as("offset of %s", range).isEqualTo(from);
            assertThat(content.length()).as("length of %s", range).isEqualTo(to - from);
            assertThat(content.stream().readAllBytes())
                    .as(range.toString())
                    .isEqualTo(Arrays.copyOfRange(bytes, from, to));
        }
    }

    @Test
    void aRangeWithoutAByteIsRefused() {
        Repository repository = freshRepository();
        Digest digest = pushFresh(repository, 100);
        for (ByteRange range : List.of(
                ByteRange.from(100),
                ByteRange.from(101),
                ByteRange.from(Long.MAX_VALUE),
                ByteRange.between(100, 100),
                ByteRange.between(100, Long.MAX_VALUE),
                ByteRange.between(Long.MAX_VALUE, Long.MAX_VALUE),
                ByteRange.suffix(0))) {
            failure(ErrorCode.RANGE_INVALID, () -> repository.blobs().open(digest, range));
        }
    }

    @Test
    void anEmptyBlobCanOnlyBeReadAsAWhole() throws IOException {
        Repository repository = freshRepository();
        Digest digest = push(repository, new byte[0]).digest();
        assertThat(read(repository, digest)).isEmpty();
        for (ByteRange range : List.of(ByteRange.from(0), ByteRange.between(0, 0), ByteRange.suffix(1))) {
            failure(ErrorCode.RANGE_INVALID, () -> repository.blobs().open(digest, range));
        }
    }

    @Test
    void rangesOfABlobThatIsNotThereAreNoRangesAtAll() {
        Digest digest = Digest.sha256(freshBytes(10));
        Repository repository = freshRepository();
        for (ByteRange range : List.of(ByteRange.from(1), ByteRange.suffix(1), ByteRange.suffix(0))) {
            failure(ErrorCode.BLOB_UNKNOWN, () -> repository.blobs().open(digest, range));
        }
    }

    @Test
    void anyPartOfALargerBlobCanBeRead() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(400_000);
        Digest digest = push(repository, bytes).digest();
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            int first = random.nextInt(bytes.length);
            int last = first + random.nextInt(bytes.length - first);
            assertThat(read(repository, digest, ByteRange.between(first, last)))
                    .as("%d-%d", first, last)
                    .isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
        }
    }

    @Test
    void whatIsLeftCanBeTransferred() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(200_000);
        Digest digest = push(repository, bytes).digest();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (BlobContent content = repository.blobs().open(digest, ByteRange.from(1000))) {
            content.stream().skipNBytes(500);
            assertThat(content.transferTo(output)).isEqualTo(bytes.length - 1500);
            assertThat(content.transferTo(output)).isZero();
        }
        assertThat(output.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 1500, bytes.length));
    }

    @Test
    void theRestOfABlobCanBeGivenUp() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(contract.largeBlobBytes());
        Digest digest = push(repository, bytes).digest();
        BlobContent content = repository.blobs().open(digest);
        try (InputStream stream = content.stream()) {
            assertThat(stream.readNBytes(10)).isEqualTo(Arrays.copyOf(bytes, 10));
        }
        content.close();
        content.close();
        repository.blobs().open(digest).close();
        assertThat(read(repository, digest)).isEqualTo(bytes);
    }
}
