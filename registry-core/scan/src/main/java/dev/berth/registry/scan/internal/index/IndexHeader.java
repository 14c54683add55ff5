package dev.berth.registry.scan.internal.index;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The first bytes of the index.
 *
 * @param length the length of the file in bytes
 * @param rows where the rows of the packages begin
 * @param beginnings where the beginnings of the rows are
 * @param beginningsChecksum their checksum
 * @param facts where the facts begin; they end with the file
 * @param factsChecksum their checksum
 */
record IndexHeader(long length, long rows, long beginnings, int beginningsChecksum, long facts, int factsChecksum) {
    static final int BYTES = 64;
    /** How many bits of a hash say where its row begins. */
    static final int BITS = 12;

    static final int BUCKETS = 1 << BITS;
    /** Of each bucket its first row and the checksum of its rows; behind them the number of rows. */
    static final int BEGINNINGS_BYTES = BUCKETS * 2 * Integer.BYTES + Integer.BYTES;

    /** The hash, where the entries are, and how many. */
    static final int ROW_BYTES = 3 * Long.BYTES + Integer.BYTES;

    private static final long MAGIC = 0x4265727468416476L;
    /** To be raised when something is written in another way, or more is written. */
    private static final int FORMAT = 1;

    ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putInt(FORMAT);
        bytes.putLong(length).putLong(rows).putLong(beginnings).putInt(beginningsChecksum);
        bytes.putLong(facts).putInt(factsChecksum);
        bytes.putInt(checksum(bytes.duplicate().flip()));
        return bytes.clear();
    }

    static IndexHeader read(ByteBuffer bytes) throws DamagedIndexException {
        if (bytes.getLong() != MAGIC) {
            throw new DamagedIndexException("The file is no index of advisories");
        }
        int format = bytes.getInt();
        if (format != FORMAT) {
            throw new DamagedIndexException("The index of advisories has format " + format + ", not " + FORMAT);
        }
        IndexHeader header = new IndexHeader(
                bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getInt(), bytes.getLong(), bytes.getInt());
        int checksum = checksum(bytes.duplicate().flip());
        if (bytes.getInt() != checksum) {
            throw new DamagedIndexException("The header of the index of advisories is damaged");
        }
        return header;
    }

    /** Returns the checksum of what is left in a buffer, which is not changed. */
    static int checksum(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
