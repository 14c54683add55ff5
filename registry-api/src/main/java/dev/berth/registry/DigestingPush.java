package dev.berth.registry;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.OptionalLong;

/**
 * Pushes a blob whose digest is unknown. A reopenable source is read once to compute the digest, then pushed. Any other
 * source is pushed through an upload session, and the digest is computed while it is read.
 */
final class DigestingPush {
    private static final DigestAlgorithm ALGORITHM = DigestAlgorithm.SHA256;
    private static final int BUFFER_BYTES = 64 * 1024;

    private DigestingPush() {}

    static Descriptor push(Blobs blobs, BlobSource content) {
        return content.reopenable() ? blobs.push(digest(content), content) : upload(blobs, content);
    }

    private static Digest digest(BlobSource content) {
        MessageDigest computed = ALGORITHM.newMessageDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream stream = content.open()) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw RegistryException.of(
                            ErrorCode.UNAVAILABLE, "Could not push a blob: the call was interrupted");
                }
                computed.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "Could not push a blob: its content could not be read to its end", e);
        }
        return Digest.finish(ALGORITHM, computed);
    }

    private static Descriptor upload(Blobs blobs, BlobSource content) {
        MessageDigest computed = ALGORITHM.newMessageDigest();
        try (BlobUpload upload = blobs.startUpload(UploadOptions.of(ALGORITHM))) {
            boolean complete = false;
            try {
                upload.append(0, new Digesting(content, computed));
                Descriptor blob = upload.commit(Digest.finish(ALGORITHM, computed));
                complete = true;
                return blob;
            } finally {
                if (!complete) {
                    cancel(upload);
                }
            }
        }
    }

    /** Ignores failures: the failure of the push is the one to report. */
    private static void cancel(BlobUpload upload) {
        try {
            upload.cancel();
        } catch (RegistryException e) {
            // The upload session expires.
        }
    }

    /** Content whose digest is computed while it is read. */
    private record Digesting(BlobSource content, MessageDigest computed) implements BlobSource {

        @Override
        public InputStream open() throws IOException {
            return new DigestInputStream(content.open(), computed);
        }

        @Override
        public OptionalLong size() {
            return content.size();
        }

        @Override
        public boolean reopenable() {
            return false;
        }
    }
}
