package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Opens objects, or parts of them, with one request; with two if there is nothing in that part. */
final class ObjectReading {
    /** Larger than any object. */
    private static final long BEHIND_EVERYTHING = 1L << 50;

    private final Bucket bucket;

    ObjectReading(Bucket bucket) {
        this.bucket = bucket;
    }

    Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "Neither offset nor length can be negative: " + offset + ", " + length + " of " + key);
        }
        return length == 0 || offset >= BEHIND_EVERYTHING ? nothing(key.value()) : open(key.value(), offset, length);
    }

    private Optional<ObjectContent> nothing(String name) throws IOException {
        return bucket.head(name).map(stat -> S3Content.nothing(name, stat));
    }

    private Optional<ObjectContent> open(String name, long offset, long length) throws IOException {
        if (offset == 0 && length >= BEHIND_EVERYTHING) {
            Optional<Bucket.Opened> whole = bucket.get(name);
            return whole.isEmpty() ? Optional.empty() : Optional.of(content(name, whole.get(), offset, length));
        }
        while (true) {
            Bucket.Part part = bucket.get(name, range(offset, length));
            if (part.opened().isPresent()) {
                return Optional.of(content(name, part.opened().get(), offset, length));
            }
            if (!part.exists()) {
                return Optional.empty();
            }
            Optional<ObjectStat> stat = bucket.head(name);
            if (stat.isEmpty() || stat.get().size() <= offset) {
                return stat.map(empty -> S3Content.nothing(name, empty));
            }
            // It has been replaced by an object that has this part.
        }
    }

    private static String range(long offset, long length) {
        return "bytes=" + offset + "-" + (length >= BEHIND_EVERYTHING ? "" : offset + length - 1);
    }

    private static S3Content content(String name, Bucket.Opened opened, long offset, long length) throws IOException {
        GetObjectResponse head = opened.head();
        long size = totalSize(head);
        boolean ranged = head.contentRange() != null;
        ObjectStat stat = Bucket.stat(name, head, size);
        long wanted = Math.max(0, Math.min(length, size - offset));
        if (!ranged && offset > 0) {
            // A service may ignore the range and send everything.
            opened.body().skipNBytes(Math.min(offset, size));
        }
        return S3Content.of(name, stat, opened.body(), wanted);
    }

    /** The answer to a request for a part says how large the whole is: {@code bytes 0-9/1000}. */
    private static long totalSize(GetObjectResponse head) throws IOException {
        String range = head.contentRange();
        if (range == null) {
            return head.contentLength();
        }
        try {
            return Long.parseLong(range.substring(range.indexOf('/') + 1));
        } catch (NumberFormatException e) {
            throw new IOException("S3 answered with a range that says no size: " + range, e);
        }
    }
}
