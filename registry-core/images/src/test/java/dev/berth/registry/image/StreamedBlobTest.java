package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import dev.berth.registry.UploadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamedBlobTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    private final List<String> calls = new ArrayList<>();

    private StreamedBlob blob(StreamedBlob.Opener opener, boolean reopenable) {
        return new StreamedBlob(opener, reopenable, DigestAlgorithm.SHA256);
    }

    @Test
    void contentGoesToTheRegistryWhileItIsMade() {
        Descriptor pushed = blob(() -> new ByteArrayInputStream(HELLO), false).pushTo(new RecordingBlobs(true));

        assertThat(pushed.digest()).isEqualTo(Digest.sha256(HELLO));
        assertThat(calls).containsExactly("start", "append hello", "commit " + Digest.sha256(HELLO), "close");
    }

    @Test
    void contentThatFailsCancelsTheUpload() {
        StreamedBlob failing = blob(
                () -> new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new UnpackableException("No good");
                    }
                },
                true);

        assertThatThrownBy(() -> failing.pushTo(new RecordingBlobs(true)))
                .isInstanceOf(ImageBuildException.class)
                .hasMessage("No good");
        assertThat(calls).containsExactly("start", "cancel", "close");
    }

    @Test
    void aFailureOfTheRegistryIsItsOwn() {
        Blobs full = new RecordingBlobs(true) {
            @Override
            public BlobUpload startUpload(UploadOptions options) {
                throw RegistryException.of(ErrorCode.INSUFFICIENT_STORAGE, "The disk is full");
            }
        };

        assertThatThrownBy(
                        () -> blob(() -> new ByteArrayInputStream(HELLO), true).pushTo(full))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("The disk is full");
    }

    @Test
    void whereTheDigestMustBeKnownContentIsMadeTwice() {
        AtomicInteger made = new AtomicInteger();
        StreamedBlob content = blob(
                () -> {
                    made.incrementAndGet();
                    return new ByteArrayInputStream(HELLO);
                },
                true);

        assertThat(content.pushTo(new RecordingBlobs(false)).digest()).isEqualTo(Digest.sha256(HELLO));
        assertThat(calls).containsExactly("push " + Digest.sha256(HELLO) + " hello");
        assertThat(made).hasValue(2);
    }

    @Test
    void whereTheDigestMustBeKnownWhatCanBeReadOnceIsReadOnce() {
        AtomicInteger made = new AtomicInteger();
        StreamedBlob content = blob(
                () -> {
                    assertThat(made.incrementAndGet()).isEqualTo(1);
                    return new ByteArrayInputStream(HELLO);
                },
                false);

        content.pushTo(new RecordingBlobs(false));

        assertThat(calls).containsExactly("push " + Digest.sha256(HELLO) + " hello");
    }

    /** As with registries that know no uploads in parts. */
    @Test
    void whereAnAppendIsNotToBeHadContentIsMadeAgain() {
        RecordingBlobs withoutAppend = new RecordingBlobs(true) {
            @Override
            void beforeAppend() {
                throw RegistryException.of(ErrorCode.UNSUPPORTED, "No parts here");
            }
        };

        assertThat(blob(() -> new ByteArrayInputStream(HELLO), true)
                        .pushTo(withoutAppend)
                        .digest())
                .isEqualTo(Digest.sha256(HELLO));
        assertThat(calls).containsExactly("start", "cancel", "close", "push " + Digest.sha256(HELLO) + " hello");
        assertThatThrownBy(
                        () -> blob(() -> new ByteArrayInputStream(HELLO), false).pushTo(withoutAppend))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("No parts here");
    }

    @Test
    void contentThatDiffersWhenItIsMadeAgainHasChanged() {
        AtomicInteger made = new AtomicInteger();
        StreamedBlob content = blob(() -> new ByteArrayInputStream(new byte[made.incrementAndGet()]), true);
        RecordingBlobs careful = new RecordingBlobs(false) {
            @Override
            public Descriptor push(Digest expected, BlobSource pushed) {
                read(pushed);
                throw RegistryException.of(ErrorCode.DIGEST_INVALID, "This is something else");
            }
        };

        assertThatThrownBy(() -> content.pushTo(careful))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("changed while it was packed");
    }

    @Test
    void contentThatIsNotReadToItsEndIsNotTakenForComplete() {
        Blobs hasty = new RecordingBlobs(true) {
            @Override
            String read(BlobSource content) {
                try (InputStream in = content.open()) {
                    return new String(in.readNBytes(2), StandardCharsets.UTF_8);
                } catch (IOException e) {
                    throw RegistryException.of(ErrorCode.UNAVAILABLE, "Reading failed", e);
                }
            }
        };

        assertThatThrownBy(
                        () -> blob(() -> new ByteArrayInputStream(HELLO), true).pushTo(hasty))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("byte 2");
    }

    /** Writes down what it is told, and keeps nothing. */
    private class RecordingBlobs implements Blobs {
        private final boolean uploads;

        RecordingBlobs(boolean uploads) {
            this.uploads = uploads;
        }

        void beforeAppend() {}

        String read(BlobSource content) {
            try (InputStream in = content.open()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw RegistryException.of(ErrorCode.UNAVAILABLE, "Reading failed", e);
            }
        }

        @Override
        public Optional<Descriptor> find(Digest digest) {
            return Optional.empty();
        }

        @Override
        public BlobContent open(Digest digest, ByteRange range) {
            throw RegistryException.of(ErrorCode.BLOB_UNKNOWN, "Nothing is kept");
        }

        @Override
        public Descriptor push(Digest expected, BlobSource content) {
            calls.add("push " + expected + " " + read(content));
            return Descriptor.of(MediaTypes.OCTET_STREAM, expected, HELLO.length);
        }

        @Override
        public Optional<Descriptor> mount(Digest digest, MountSource source) {
            return Optional.empty();
        }

        @Override
        public BlobUpload startUpload(UploadOptions options) {
            if (!uploads) {
                throw RegistryException.of(ErrorCode.UNSUPPORTED, "Name the digest first");
            }
            calls.add("start");
            return new RecordingUpload(this);
        }

        @Override
        public BlobUpload resumeUpload(UploadId id) {
            throw RegistryException.of(ErrorCode.BLOB_UPLOAD_UNKNOWN, "Nothing is kept");
        }

        @Override
        public boolean delete(Digest digest) {
            return false;
        }
    }

    private final class RecordingUpload implements BlobUpload {
        private final RecordingBlobs blobs;
        private long offset;

        RecordingUpload(RecordingBlobs blobs) {
            this.blobs = blobs;
        }

        @Override
        public UploadId id() {
            return UploadId.of("1");
        }

        @Override
        public long offset() {
            return offset;
        }

        @Override
        public long append(long at, BlobSource content) {
            blobs.beforeAppend();
            String text = blobs.read(content);
            calls.add("append " + text);
            offset = text.length();
            return offset;
        }

        @Override
        public Descriptor commit(Digest expected) {
            calls.add("commit " + expected);
            return Descriptor.of(MediaTypes.OCTET_STREAM, expected, offset);
        }

        @Override
        public void cancel() {
            calls.add("cancel");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
