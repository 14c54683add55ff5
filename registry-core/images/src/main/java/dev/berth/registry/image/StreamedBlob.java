package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Pushes content whose digest is known only when all of it has gone by: it goes to the registry while it is made. One
 * use by one thread.
 */
final class StreamedBlob implements BlobSource {

    /** Opens the content at its beginning. */
    interface Opener {
        InputStream open() throws IOException;
    }

    private final Opener opener;
    private final boolean reopenable;
    private final DigestAlgorithm algorithm;
    private @Nullable MeasuredStream measured;
    private @Nullable IOException failure;
    private OptionalLong size = OptionalLong.empty();

    StreamedBlob(Opener opener, boolean reopenable, DigestAlgorithm algorithm) {
        this.opener = opener;
        this.reopenable = reopenable;
        this.algorithm = algorithm;
    }

    /**
     * Pushes the content.
     *
     * @return its digest and size
     * @throws ImageBuildException if the content cannot be made
     * @throws RegistryException if the registry fails
     */
    Descriptor pushTo(Blobs blobs) {
        try {
            return stream(blobs);
        } catch (RegistryException e) {
            IOException ofContent = failure;
            if (ofContent != null) {
                throw unpackable(ofContent);
            }
            throw e;
        }
    }

    private Descriptor stream(Blobs blobs) {
        BlobUpload started;
        try {
            started = blobs.startUpload(UploadOptions.of(algorithm));
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNSUPPORTED) {
                return pushAfterMeasuring(blobs);
            }
            throw e;
        }
        try (BlobUpload upload = started) {
            boolean complete = false;
            try {
                upload.append(0, this);
                complete = true;
                return upload.commit(digest());
            } catch (RegistryException e) {
                // Registries without uploads in parts say so only now.
                if (complete || !reopenable || failure != null || e.code() != ErrorCode.UNSUPPORTED) {
                    throw e;
                }
            } finally {
                if (!complete) {
                    cancel(upload);
                }
            }
        }
        return pushAfterMeasuring(blobs);
    }

    /** The failure that leads here is the one to tell. */
    private static void cancel(BlobUpload upload) {
        try {
            upload.cancel();
        } catch (RegistryException e) {
            // The registry drops the upload when it expires.
        }
    }

    /** For a registry that takes a blob only if it is told its digest before. */
    private Descriptor pushAfterMeasuring(Blobs blobs) {
        try {
            return reopenable ? pushMadeTwice(blobs) : pushFromFile(blobs);
        } catch (IOException e) {
            throw unpackable(failure != null ? failure : e);
        }
    }

    private Descriptor pushMadeTwice(Blobs blobs) throws IOException {
        try (InputStream content = open()) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        size = OptionalLong.of(Objects.requireNonNull(measured).size());
        try {
            return blobs.push(digest(), this);
        } catch (RegistryException e) {
            boolean differs = e.code() == ErrorCode.DIGEST_INVALID || e.code() == ErrorCode.SIZE_INVALID;
            if (differs && failure == null) {
                throw new UnpackableException(
                        "Content of the image changed while it was packed: this registry wants the digest first, so that it"
                                + " is read twice",
                        e);
            }
            throw e;
        }
    }

    private Descriptor pushFromFile(Blobs blobs) throws IOException {
        Path copy = Files.createTempFile("berth-layer-", ".tmp");
        try {
            try (InputStream content = open();
                    OutputStream file = Files.newOutputStream(copy)) {
                content.transferTo(file);
            }
            return blobs.push(digest(), BlobSource.of(copy));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private Digest digest() {
        return Objects.requireNonNull(measured, "the content was not opened").digest();
    }

    private static ImageBuildException unpackable(IOException e) {
        String message = e.getMessage();
        return new ImageBuildException(
                e instanceof UnpackableException && message != null
                        ? message
                        : "Content of the image cannot be read: " + e,
                e);
    }

    @Override
    public InputStream open() throws IOException {
        failure = null;
        try {
            MeasuredStream opened = new MeasuredStream(opener.open(), algorithm);
            measured = opened;
            return new Watched(opened);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public OptionalLong size() {
        return size;
    }

    @Override
    public boolean reopenable() {
        return reopenable;
    }

    /** Remembers a failure of the content, which a registry reports as its own. */
    private final class Watched extends BulkInputStream {
        private final InputStream in;

        Watched(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            } catch (UncheckedIOException e) {
                failure = e.getCause();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
