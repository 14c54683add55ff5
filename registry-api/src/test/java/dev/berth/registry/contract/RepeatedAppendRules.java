package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An append whose result was lost is made again: with the same bytes it is done, with any others it is refused. */
abstract class RepeatedAppendRules extends UploadSteps {
    private Repository repository;
    private BlobUpload upload;
    private byte[] first;
    private byte[] second;

    RepeatedAppendRules(RegistryContract contract) {
        super(contract);
    }

    @BeforeEach
    final void start() {
        assumeTrue(contract.supportsRepeatedAppend(), "The registry does not recognize repeated appends");
        repository = freshRepository();
        upload = repository.blobs().startUpload();
        first = piece(upload, 100_000);
        second = piece(upload, 150_001);
    }

    private void assertRepeats(BlobUpload use, long offset, byte[] bytes) {
        assertThat(use.append(offset, BlobSource.of(bytes))).isEqualTo(offset + bytes.length);
        assertThat(use.append(offset, BlobSource.once(UploadStreams.dribble(bytes))))
                .as("of unknown length")
                .isEqualTo(offset + bytes.length);
        assertThat(use.offset()).isEqualTo(offset + bytes.length);
    }

    private void assertRefused(BlobUpload use, long offset, byte[] bytes, long current) {
        for (BlobSource source : List.of(BlobSource.of(bytes), unsized(bytes))) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> use.append(offset, source))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RANGE_INVALID))
                    .satisfies(e -> assertThat(e.uploadOffset()).hasValue(current));
        }
    }

    @Test
    void theSameBytesAtTheSamePlaceAreDone() throws IOException {
        append(upload, first);
        assertRepeats(upload, 0, first);
        append(upload, second);
        assertRepeats(upload, first.length, second);
        byte[] whole = concat(first, second);
        upload.commit(Digest.sha256(whole));
        assertHas(repository, Digest.sha256(whole), whole);
    }

    @Test
    void anObjectThatKnowsOnlyTheStateBeforeRecognizesThem() throws IOException {
        append(upload, first);
        BlobUpload before = repository.blobs().resumeUpload(upload.id());
        assertThat(before.offset()).isEqualTo(first.length);
        append(upload, second);
        assertRepeats(before, first.length, second);
    }

    @Test
    void anotherProcessRecognizesThem() throws IOException {
        append(upload, first);
        try (Registry elsewhere = openElsewhere()) {
            BlobUpload there = elsewhere.repository(repository.name()).blobs().resumeUpload(upload.id());
            assertThat(there.offset()).isEqualTo(first.length);
            append(there, second);
            assertRepeats(upload, first.length, second);
            assertRepeats(there, first.length, second);
            byte[] third = piece(upload, 10);
            append(upload, third);
            assertRepeats(there, first.length + second.length, third);
            byte[] whole = concat(first, second, third);
            there.commit(Digest.sha256(whole));
            assertHas(repository, Digest.sha256(whole), whole);
        }
    }

    @Test
    void otherBytesOfTheSameLengthAreRefused() {
        append(upload, first);
        append(upload, second);
        long size = first.length + second.length;
        for (int position : new int[] {0, second.length / 2, second.length - 1}) {
            byte[] other = second.clone();
            other[position] ^= 1;
            assertRefused(upload, first.length, other, size);
        }
        byte[] whole = concat(first, second);
        whole[7] ^= 1;
        assertRefused(upload, 0, whole, size);
    }

    @Test
    void lessOrMoreOfTheSameBytesIsRefused() {
        append(upload, first);
        append(upload, second);
        long size = first.length + second.length;
        assertRefused(upload, first.length, Arrays.copyOf(second, second.length - 1), size);
        assertRefused(upload, first.length, Arrays.copyOf(second, second.length + 1), size);
        assertRefused(upload, 0, first, size);
        assertRefused(upload, first.length + 1L, second, size);
        assertRefused(upload, size + 1, second, size);
    }
}
