package dev.berth.registry.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** Writes one segment of an upload: equal parts, the last one as large as is left. */
final class SegmentWriter {
    /** What CopyObject takes, so that most uploads are committed by one request. */
    private static final long LARGEST = 5L * 1024 * 1024 * 1024;

    private final Bucket bucket;
    private final PartMemory.Lease memory;
    private final String name = UUID.randomUUID().toString();
    private final String key;
    private final int partBytes;
    private long bytes;

    SegmentWriter(Bucket bucket, PartMemory.Lease memory, Pieces pieces, int partBytes) {
        this.bucket = bucket;
        this.memory = memory;
        this.key = pieces.segment(name);
        this.partBytes = partBytes;
    }

    UploadState.Segment segment() {
        return new UploadState.Segment(name, bytes, bytes);
    }

    /**
     * Writes until the source ends or the segment is full.
     *
     * @param head the start of the first part
     * @param buffer the rest of the first part
     * @return the content of the last part, if it is not full
     */
    PartBuffer write(byte[] head, PartBuffer buffer, AppendSource source) throws IOException {
        if (!source.hasMore()) {
            bytes = (long) head.length + buffer.size();
            bucket.put(key, body(head, buffer));
            return bytes < partBytes ? buffer : new PartBuffer(partBytes, memory);
        }
        Multipart multipart = Multipart.start(bucket, key);
        try {
            PartBuffer last = writeParts(multipart, head, buffer, source);
            multipart.complete();
            return last;
        } catch (IOException | RuntimeException | Error e) {
            multipart.abort(e);
            throw e;
        }
    }

    private PartBuffer writeParts(Multipart multipart, byte[] head, PartBuffer buffer, AppendSource source)
            throws IOException {
        int number = 1;
        send(multipart, number, head, buffer);
        while (bytes + partBytes <= LARGEST && source.hasMore()) {
            buffer.clear();
            buffer.fill(source, partBytes);
            send(multipart, ++number, new byte[0], buffer);
        }
        return bytes % partBytes == 0 ? new PartBuffer(partBytes, memory) : buffer;
    }

    private void send(Multipart multipart, int number, byte[] head, PartBuffer buffer) throws IOException {
        long length = (long) head.length + buffer.size();
        multipart.part(number, body(head, buffer), length);
        bytes += length;
    }

    private static RequestBody body(byte[] head, PartBuffer buffer) {
        ContentStreamProvider content = ContentStreamProvider.fromInputStreamSupplier(
                () -> new SequenceInputStream(new ByteArrayInputStream(head), buffer.stream()));
        return RequestBody.fromContentProvider(content, (long) head.length + buffer.size(), "application/octet-stream");
    }
}
