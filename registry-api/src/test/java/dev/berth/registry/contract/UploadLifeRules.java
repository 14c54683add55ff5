package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the start of an upload to its end, over several objects for it; and what is refused on the way. */
abstract class UploadLifeRules extends UploadRulesBase {
    UploadLifeRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void goesOnInAnotherObject() throws IOException {
        byte[] content = Contents.random(7, 250_000);
        ObjectUpload first = store().startUpload(STAGING);
        first.append(0, stream(Arrays.copyOf(content, 70_000)));
        first.close();
        first.close();
        try (ObjectUpload second = resume(STAGING)) {
            assertThat(second.size()).isEqualTo(70_000);
            assertThat(kept(second)).isEqualTo(Arrays.copyOf(content, 70_000));
            second.append(70_000, stream(Arrays.copyOfRange(content, 70_000, 70_010)));
            try (ObjectUpload third = resume(STAGING)) {
                assertThat(third.size()).isEqualTo(70_010);
                third.append(70_010, stream(Arrays.copyOfRange(content, 70_010, content.length)));
            }
            assertThat(second.size()).as("what another object has appended").isEqualTo(content.length);
            second.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
    }

    @Test
    void isNotFoundWhereNoneWasStarted() throws IOException {
        assertThat(store().resumeUpload(STAGING)).isEmpty();
        put(key("staging/one-object"), new byte[1]);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            assertThat(upload.size()).isZero();
            for (String other : List.of("staging/on", "staging/one2", "staging", "staging/one-object", "one")) {
                assertThat(store().resumeUpload(key(other))).as(other).isEmpty();
            }
        }
    }

    @Test
    void refusesAnotherOffset() throws IOException {
        byte[] content = Contents.random(8, 100_000);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            assertConflict(upload, 1, 0);
            upload.append(0, stream(content));
            for (long offset : List.of(0L, 1L, 99_999L, 100_001L, Long.MAX_VALUE)) {
                assertConflict(upload, offset, 100_000);
            }
            assertThat(kept(upload)).isEqualTo(content);
            upload.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
    }

    private static void assertConflict(ObjectUpload upload, long offset, long size) throws IOException {
        assertThatExceptionOfType(UploadConflictException.class)
                .as("an append at %s", offset)
                .isThrownBy(() -> upload.append(offset, stream(new byte[] {7, 7})))
                .returns(size, UploadConflictException::currentSize);
        assertThat(upload.size()).isEqualTo(size);
    }

    @Test
    void refusesToBeCommittedWithAnotherSize() throws IOException {
        put(TARGET, new byte[] {1});
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            upload.append(0, stream(new byte[1000]));
            for (long size : List.of(0L, 999L, 1001L, Long.MAX_VALUE)) {
                assertThatExceptionOfType(UploadConflictException.class)
                        .isThrownBy(() -> upload.commit(TARGET, size))
                        .returns(1000L, UploadConflictException::currentSize);
            }
            assertThat(readExisting(TARGET)).containsExactly(1);
            assertThat(upload.append(1000, stream(new byte[1]))).isEqualTo(1001);
            upload.commit(TARGET, 1001);
        }
        assertThat(readExisting(TARGET)).hasSize(1001);
        assertHoldsOnly(TARGET.value());
    }

    @Test
    void isGoneWhenItIsCommitted() throws IOException {
        try (ObjectUpload upload = store().startUpload(STAGING);
                ObjectUpload other = resume(STAGING)) {
            upload.append(0, stream(new byte[5]));
            upload.commit(TARGET, 5);
            assertEnded(upload, STAGING);
            assertEnded(other, STAGING);
            upload.abort();
            other.abort();
        }
        assertThat(readExisting(TARGET))
                .as("what was committed cannot be aborted")
                .hasSize(5);
        assertHoldsOnly(TARGET.value());
    }

    @Test
    void isGoneWhenItIsAborted() throws IOException {
        try (ObjectUpload upload = store().startUpload(STAGING);
                ObjectUpload other = resume(STAGING)) {
            upload.append(0, stream(new byte[200_000]));
            other.abort();
            assertEnded(upload, STAGING);
            assertEnded(other, STAGING);
            upload.abort();
            other.abort();
        }
        assertHoldsOnly();
    }

    @Test
    void isGoneWhenATreeWithItsStagingKeyIsDeleted() throws IOException {
        ObjectKey beside = key("staging-beside/one");
        byte[] content = Contents.random(4, 150_000);
        try (ObjectUpload upload = store().startUpload(STAGING);
                ObjectUpload other = store().startUpload(beside)) {
            upload.append(0, stream(new byte[150_000]));
            other.append(0, stream(content));
            store().deleteTree(KeyPrefix.of("staging/"));
            assertEnded(upload, STAGING);
            upload.abort();
            other.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
        assertHoldsOnly(TARGET.value());
    }

    @Test
    void isAbortedEmpty() throws IOException {
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            upload.abort();
            assertEnded(upload, STAGING);
        }
        assertHoldsOnly();
    }

    @Test
    void staysWhenItsObjectIsClosed() throws IOException {
        ObjectUpload upload = store().startUpload(STAGING);
        upload.close();
        assertThat(store().resumeUpload(STAGING)).isPresent();
        resume(STAGING).abort();
        assertHoldsOnly();
    }
}
