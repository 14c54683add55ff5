package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a segment begins with.
 *
 * @param number the position of the segment in the journal. Frames of another number are what the file had before
 * @param place see {@link Boot#place}
 */
record SegmentHeader(long number, String place) {
    private static final byte[] MAGIC = "berth-journal-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NAME_BYTES = 14;
    private static final int PLACE_BYTES = 92;

    static final int BYTES = 16 + Long.BYTES + PLACE_BYTES + Integer.BYTES;

    /** Returns the header of a file that is being written. */
    static SegmentHeader of(long number, Path file) {
        String place = Boot.place(file);
        return new SegmentHeader(number, place.length() <= PLACE_BYTES ? place : "");
    }

    /** Returns whether the file has been where it is since it was written, while the system was running. */
    boolean isOf(Path file) {
        return !place.isEmpty() && place.equals(Boot.place(file));
    }

    byte[] encode() {
        ByteBuffer encoded = ByteBuffer.allocate(BYTES);
        encoded.put(MAGIC).putLong(number).put(Arrays.copyOf(place.getBytes(StandardCharsets.US_ASCII), PLACE_BYTES));
        CRC32C checksum = new CRC32C();
        checksum.update(encoded.array(), 0, encoded.position());
        encoded.putInt((int) checksum.getValue());
        return encoded.array();
    }

    /** Returns the number in a header that may be damaged. */
    static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong(MAGIC.length);
    }

    /**
     * Reads a header, or returns empty if it is not a whole one: then nothing of the segment was needed when it was
     * written.
     *
     * @throws IOException if it is one of a newer version
     */
    static Optional<SegmentHeader> decode(byte[] bytes) throws IOException {
        if (bytes.length < BYTES || !Arrays.equals(bytes, 0, NAME_BYTES, MAGIC, 0, NAME_BYTES)) {
            return Optional.empty();
        }
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("the journal was written by a newer version: open the directory with that one");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, BYTES - Integer.BYTES);
        ByteBuffer encoded = ByteBuffer.wrap(bytes);
        if (encoded.getInt(BYTES - Integer.BYTES) != (int) checksum.getValue()) {
            return Optional.empty();
        }
        String place = new String(bytes, MAGIC.length + Long.BYTES, PLACE_BYTES, StandardCharsets.US_ASCII);
        return Optional.of(new SegmentHeader(number(bytes), place.replace("\0", "")));
    }
}
