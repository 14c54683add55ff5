package dev.berth.registry.layout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gives the headers of a damaged tar their checksums, which nothing would be read without. */
final class TarRepair {
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private TarRepair() {}

    /** Changes the bytes in place, and returns whether that changed any. */
    static boolean repair(byte[] tar) {
        byte[] before = tar.clone();
        for (long position = 0; position + TarHeader.BLOCK <= tar.length; ) {
            int at = (int) position;
            byte[] header = Arrays.copyOfRange(tar, at, at + TarHeader.BLOCK);
            if (TarHeader.isEnd(header)) {
                break;
            }
            Arrays.fill(header, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
            int sum = 0;
            for (byte b : header) {
                sum += b & 0xff;
            }
            byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, header, CHECKSUM, CHECKSUM_LENGTH);
            System.arraycopy(header, 0, tar, at, TarHeader.BLOCK);
            position += TarHeader.BLOCK + content(header, position);
        }
        return !Arrays.equals(before, tar);
    }

    /** Returns how many bytes follow a header. */
    private static long content(byte[] block, long position) {
        try {
            TarHeader header = TarHeader.parse(block, position);
            long blocks = header.isHeaderOnly() ? 0 : (header.size() + TarHeader.BLOCK - 1) / TarHeader.BLOCK;
            return blocks > Integer.MAX_VALUE ? Integer.MAX_VALUE : Math.max(0, blocks * TarHeader.BLOCK);
        } catch (MalformedLayoutException e) {
            return 0;
        }
    }
}
