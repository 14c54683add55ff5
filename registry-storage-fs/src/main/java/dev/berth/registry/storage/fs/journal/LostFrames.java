package dev.berth.registry.storage.fs.journal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds whole frames behind bytes that are none. A power cut leaves none there, since a frame is written after the one before
 * it is durable: then the bytes were durable once, and something has damaged them.
 */
final class LostFrames {
    private final Path file;
    private final long number;

    /** @param number the number of the segment, to which the frames must belong */
    LostFrames(Path file, long number) {
        this.file = file;
        this.number = number;
    }

    /** Refuses a file with a whole frame that begins at this position or behind it. */
    void refuse(long position) throws IOException {
        long size = Files.size(file);
        if (size - position < Segment.FRAME_HEAD) {
            return;
        }
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            input.skipNBytes(position);
            int length = input.readInt();
            int ofLength = input.readInt();
            int ofEntries = input.readInt();
            for (long at = position; ; at++) {
                long left = size - at - Segment.FRAME_HEAD;
                if (isHead(length, ofLength, left) && isContent(at + Segment.FRAME_HEAD, length, ofEntries)) {
                    throw new IOException("the file '" + file + "' of the journal is damaged at byte " + position
                            + ", before changes that were durable: restore it, or delete it to go on without them");
                }
                if (left == 0) {
                    return;
                }
                length = length << Byte.SIZE | ofLength >>> 24;
                ofLength = ofLength << Byte.SIZE | ofEntries >>> 24;
                ofEntries = ofEntries << Byte.SIZE | input.readUnsignedByte();
            }
        }
    }

    private boolean isHead(int length, int ofLength, long left) {
        return length > 0 && length <= left && ofLength == Segment.checksum(number, length, new byte[0]);
    }

    private boolean isContent(long position, int length, int ofEntries) throws IOException {
        byte[] entries = new byte[length];
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            input.seek(position);
            input.readFully(entries);
        }
        return ofEntries == Segment.checksum(number, length, entries);
    }
}
