package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.io.InputStream;

/**
 * Writes an object directly to its key while its bytes arrive: in one request if it fits, otherwise as a multipart
 * upload. The object appears only after the source has reported its end.
 */
final class ObjectWriting {
    private final Bucket bucket;
    private final int partBytes;

    ObjectWriting(Bucket bucket) {
        this.bucket = bucket;
        this.partBytes = bucket.settings.partBytes();
    }

    /** Returns whether so many bytes can be sent in parts of the one size that there is memory for. */
    boolean takes(long size) {
        return size <= (long) Multipart.MOST_PARTS * partBytes;
    }

    void write(String name, InputStream content, long size) throws IOException {
        AppendSource source = new AppendSource(content);
        try (PartMemory.Lease memory = bucket.memory.lease()) {
            PartBuffer buffer = new PartBuffer(partBytes, memory);
            fill(buffer, source, name, size);
            if (buffer.size() == size) {
                requireEnd(source, name, size);
                bucket.put(name, buffer.body());
            } else {
                writeParts(name, buffer, source, size);
            }
        }
    }

    private void writeParts(String name, PartBuffer buffer, AppendSource source, long size) throws IOException {
        Multipart multipart = Multipart.start(bucket, name);
        try {
            long left = size;
            for (int number = 1; left > 0; number++) {
                if (number > 1) {
                    buffer.clear();
                    fill(buffer, source, name, left);
                }
                multipart.part(number, buffer.body(), buffer.size());
                left -= buffer.size();
            }
            requireEnd(source, name, size);
            multipart.complete();
        } catch (IOException | RuntimeException | Error e) {
            multipart.abort(e);
            throw e;
        }
    }

    /** Reads the next part. */
    private void fill(PartBuffer buffer, AppendSource source, String name, long left) throws IOException {
        int wanted = (int) Math.min(partBytes, left);
        buffer.fill(source, wanted);
        source.rethrow();
        if (buffer.size() < wanted) {
            throw new IOException(
                    "The content for " + name + " ended " + (left - buffer.size()) + " bytes before its size");
        }
    }

    private static void requireEnd(AppendSource source, String name, long size) throws IOException {
        boolean more = source.hasMore();
        source.rethrow();
        if (more) {
            throw new IOException("The content for " + name + " is longer than its size, " + size + " bytes");
        }
    }
}
