package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file of the journal. What was written is durable when the write returns. Room is made in steps, so that most writes
 * change no length of the file, which would cost another write of the disk. Not thread-safe.
 */
final class Segment implements AutoCloseable {
    private static final int SMALLEST_STEP = 64 * 1024;
    private static final int LARGEST_STEP = 4 * 1024 * 1024;

    /** Writes to it return when the bytes are on the disk. It is not interruptible, as a channel would be. */
    private static final String DURABLE = "rwd";

    private final Path path;
    private final RandomAccessFile file;
    private long end;
    private long room;

    private Segment(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** Creates the file with its header. That it exists is durable only after a sync of its directory. */
    static Segment create(Path path, SegmentHeader header) throws IOException {
        Segment segment = new Segment(path, new RandomAccessFile(path.toFile(), DURABLE));
        try {
            segment.write(header.encode());
            return segment;
        } catch (IOException | RuntimeException e) {
            segment.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** The number of bytes that are in use. */
    long end() {
        return end;
    }

    /** Appends the rest of a buffer that has an array. */
    void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        makeRoom(length);
        file.seek(end);
        file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
        end += length;
    }

    private void makeRoom(int length) throws IOException {
        if (end + length <= room) {
            return;
        }
        long step = Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, room));
        byte[] zeros = new byte[(int) (end + length - room + step)];
        file.seek(room);
        file.write(zeros);
        room += zeros.length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
