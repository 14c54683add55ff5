package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.hash.HashingSource;
import dev.berth.registry.internal.hash.IncrementalDigest;
import dev.berth.registry.internal.hash.SourceFailedException;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * An append that the store has refused since the upload is longer than the offset, although nobody was told so: the
 * store had stored an append, and its answer was lost; the client got an error and sends the chunk again. If the upload
 * ends with the very bytes of this append, at this offset, it is done; if not, another request has changed the upload.
 * Lengths alone prove nothing.
 */
final class RepeatedAppend {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ObjectUpload upload;
    private final long offset;

    RepeatedAppend(ObjectUpload upload, long offset) {
        this.upload = upload;
        this.offset = offset;
    }

    /** Returns the digest of the first bytes of the upload. */
    interface Stored {
        Digest digest(long size) throws IOException;
    }

    /**
     * Compares content of which nothing has been read with the stored bytes.
     *
     * @return the size of the upload, if it ends with the content
     * @throws UploadConflictException the refusal, if it does not
     */
    long compare(BlobSource content, UploadConflictException refusal) throws IOException {
        long length = refusal.currentSize() - offset;
        boolean otherLength = content.size().isPresent() && content.size().getAsLong() != length;
        if (length <= 0 || otherLength) {
            throw refusal;
        }
        try (InputStream stored = upload.open();
                InputStream sent = SourceFailedException.open(content)) {
            stored.skipNBytes(offset);
            byte[] ours = new byte[BUFFER_BYTES];
            byte[] theirs = new byte[BUFFER_BYTES];
            long compared = 0;
            while (true) {
                int count = read(sent, theirs);
                int most = (int) Math.min(count, length - compared);
                if (most < count
                        || stored.readNBytes(ours, 0, most) < most
                        || !Arrays.equals(ours, 0, most, theirs, 0, most)) {
                    throw refusal;
                }
                compared += count;
                if (count < BUFFER_BYTES) {
                    break;
                }
            }
            if (compared < length) {
                throw refusal;
            }
            return confirm(refusal);
        }
    }

    private static int read(InputStream sent, byte[] buffer) throws IOException {
        try {
            return sent.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new SourceFailedException(e);
        }
    }

    /**
     * Compares content that the store has begun to read, by its hash.
     *
     * @param before the hash of the bytes before the offset, to which those that were read have been added
     */
    long compare(HashingSource sent, IncrementalDigest before, UploadConflictException refusal, Stored stored)
            throws IOException {
        long length = refusal.currentSize() - offset;
        byte[] buffer = new byte[BUFFER_BYTES];
        while (sent.count() <= length && sent.read(buffer, 0, buffer.length) >= 0) {}
        if (length <= 0 || sent.count() != length || !before.soFar().equals(stored.digest(refusal.currentSize()))) {
            throw refusal;
        }
        return confirm(refusal);
    }

    /**
     * Appends nothing: that fails while the bytes are only being written by another append, which may take them back, and
     * makes those durable that a crashed process has left.
     */
    private long confirm(UploadConflictException refusal) throws IOException {
        return upload.append(refusal.currentSize(), InputStream.nullInputStream());
    }
}
