package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Uploads whose content does not come as it should. */
abstract class UploadFailureRules extends UploadRulesBase {
    UploadFailureRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void keepsWhatWasReadBeforeTheStreamFailed() {
        Cases.ints(0, 1, 65_536, 150_001).check(read -> {
            contract.renewStore();
            byte[] content = Contents.random(read, 300_000);
            IOException failure = new IOException("The client is gone");
            try (ObjectUpload upload = store().startUpload(STAGING)) {
                upload.append(0, stream(Arrays.copyOf(content, 1000)));
                byte[] part = Arrays.copyOfRange(content, 1000, 1000 + read);
                assertThatIOException()
                        .isThrownBy(() -> upload.append(1000, UploadStreams.failing(part, failure)))
                        .isSameAs(failure);
                assertThat(upload.size()).isEqualTo(1000 + read);
                assertThat(kept(upload)).isEqualTo(Arrays.copyOf(content, 1000 + read));
                assertThat(store().stat(TARGET)).isEmpty();
                upload.append(1000 + read, stream(Arrays.copyOfRange(content, 1000 + read, content.length)));
                upload.commit(TARGET, content.length);
            }
            assertThat(readExisting(TARGET)).isEqualTo(content);
            assertHoldsOnly(TARGET.value());
        });
    }

    @Test
    void failsAgainAndAgainAndGoesOn() throws IOException {
        byte[] content = Contents.random(1, 200_000);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            for (int offset = 0; offset < content.length; offset += 20_000) {
                int from = offset;
                byte[] part = Arrays.copyOfRange(content, from, from + 20_000);
                assertThatIOException()
                        .isThrownBy(() -> upload.append(from, UploadStreams.failing(part, new IOException("gone"))))
                        .withMessage("gone");
            }
            upload.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
    }

    @Test
    void passesEveryFailureOfTheStreamOn() throws IOException {
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            for (Throwable failure : List.of(new IllegalStateException("broken"), new LinkageError("missing"))) {
                assertThatThrownBy(() -> upload.append(0, UploadStreams.throwing(failure)))
                        .isSameAs(failure);
            }
            assertThat(upload.append(0, stream(new byte[3]))).isEqualTo(3);
            upload.commit(TARGET, 3);
        }
        assertThat(readExisting(TARGET)).hasSize(3);
    }

    @Test
    void abortEndsAnAppendUnderWay() throws Exception {
        UploadStreams.Gated content = new UploadStreams.Gated(new byte[400_000], 200_000);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            Racers.raceAll(List.of(
                    () -> {
                        assertThatExceptionOfType(UploadGoneException.class)
                                .isThrownBy(() -> upload.append(0, content));
                        return null;
                    },
                    () -> {
                        content.awaitReached();
                        try (ObjectUpload other = resume(STAGING)) {
                            other.abort();
                            assertThat(store().resumeUpload(STAGING)).isEmpty();
                        } finally {
                            content.open();
                        }
                        return null;
                    }));
            assertEnded(upload, STAGING);
        }
        assertHoldsOnly();
    }

    @Test
    void abortEndsAnAppendWhoseStreamThenFails() throws Exception {
        byte[] bytes = new byte[200_000];
        UploadStreams.Gated first = new UploadStreams.Gated(bytes, 100_000);
        InputStream content = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new AssertionError("Content is read in blocks");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = first.read(buffer, offset, length);
                if (count < 0) {
                    throw new IOException("The client is gone");
                }
                return count;
            }
        };
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            Racers.raceAll(List.of(
                    () -> {
                        assertThatIOException().isThrownBy(() -> upload.append(0, content));
                        return null;
                    },
                    () -> {
                        first.awaitReached();
                        try (ObjectUpload other = resume(STAGING)) {
                            other.abort();
                        } finally {
                            first.open();
                        }
                        return null;
                    }));
            assertEnded(upload, STAGING);
        }
        assertHoldsOnly();
    }
}
