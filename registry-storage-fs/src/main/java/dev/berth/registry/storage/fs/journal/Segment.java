package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of the journal: a header, then frames of entries, each with its length, the checksum of that and the checksum of
 * its content. What was written is durable when the write returns. Room is made in steps and used again by the next segment
 * in this file, so that most writes change no length of the file, which would cost another write of the disk. Not
 * thread-safe.
 */
final class Segment implements AutoCloseable {
    static final int FRAME_HEAD = 3 * Integer.BYTES;

    private static final int SMALLEST_STEP = 16 * 1024;
    private static final int LARGEST_STEP = 4 * 1024 * 1024;

    /** Writes to it return when the bytes are on the disk. It is not interruptible, as a channel would be. */
    private static final String DURABLE = "rwd";

    private final Path path;
    private final RandomAccessFile file;
    private final DiskSync sync;
    private long number;
    private long end;
    private long room;

    private Segment(Path path, RandomAccessFile file, DiskSync sync) {
        this.path = path;
        this.file = file;
        this.sync = sync;
    }

    /** Opens an empty file and writes its header. That it exists is durable only after a sync of its directory. */
    static Segment open(Path path, long number, DiskSync sync) throws IOException {
        Segment segment = new Segment(path, new RandomAccessFile(path.toFile(), DURABLE), sync);
        try {
            segment.write(0, new byte[SMALLEST_STEP]);
            segment.room = SMALLEST_STEP;
            segment.begin(number);
            return segment;
        } catch (IOException | RuntimeException e) {
            segment.close();
            throw e;
        }
    }

    /** Begins again: what the file has is no longer part of the journal. */
    void begin(long nextNumber) throws IOException {
        write(0, SegmentHeader.of(nextNumber, path).encode());
        number = nextNumber;
        end = SegmentHeader.BYTES;
        room = Math.max(room, end);
    }

    Path path() {
        return path;
    }

    /** The number of bytes that are in use. */
    long end() {
        return end;
    }

    /** Appends a frame. */
    void append(byte[] entries) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD + entries.length);
        frame.putInt(entries.length)
                .putInt(checksum(number, entries.length, new byte[0]))
                .putInt(checksum(number, entries.length, entries))
                .put(entries);
        makeRoom(frame.capacity());
        write(end, frame.array());
        end += frame.capacity();
    }

    static int checksum(long number, int length, byte[] entries) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(number)
                .putInt(length)
                .flip());
        checksum.update(entries);
        return (int) checksum.getValue();
    }

    private void makeRoom(int length) throws IOException {
        if (end + length <= room) {
            return;
        }
        long step = Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, room));
        byte[] zeros = new byte[(int) (end + length - room + step)];
        write(room, zeros);
        room += zeros.length;
    }

    private void write(long position, byte[] bytes) throws IOException {
        file.seek(position);
        file.write(bytes);
        sync.written(path);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // Everything that was written was durable at once.
        }
    }
}
