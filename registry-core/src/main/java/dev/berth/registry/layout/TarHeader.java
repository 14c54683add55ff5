package dev.berth.registry.layout;

import java.nio.charset.StandardCharsets;

/**
 * The header block of a tar entry (POSIX.1-1988 "ustar", and GNU's way to write large numbers).
 *
 * @param name the name as it stands there
 * @param type the type flag
 * @param size the number of bytes that the header announces
 * @param linkTarget the name that a link leads to
 */
record TarHeader(String name, char type, long size, String linkTarget) {
    /** Everything in a tar begins at a multiple of this. */
    static final int BLOCK = 512;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;

    /**
     * Reads a header.
     *
     * @param offset where the block begins in the tar, for the message
     */
    static TarHeader parse(byte[] block, long offset) throws MalformedLayoutException {
        if (number(block, CHECKSUM, CHECKSUM_LENGTH, offset) != checksum(block)) {
            throw broken(offset);
        }
        String name = text(block, NAME, NAME_LENGTH);
        // GNU tar uses the bytes of the prefix for something else, and ends its magic with a space.
        String prefix = text(block, MAGIC, 6).equals("ustar") ? text(block, PREFIX, PREFIX_LENGTH) : "";
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                (char) (block[TYPE] & 0xff),
                number(block, SIZE, SIZE_LENGTH, offset),
                text(block, LINK, NAME_LENGTH));
    }

    /** Returns whether the block has only zeros: the end of the archive. */
    static boolean isEnd(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isFile() {
        return type == '0' || type == '\0' || type == '7';
    }

    boolean isSymbolicLink() {
        return type == '2';
    }

    boolean isHardLink() {
        return type == '1';
    }

    /** Returns whether no content follows, whatever the size says: links, devices, directories, pipes. */
    boolean isHeaderOnly() {
        return type >= '1' && type <= '6';
    }

    /** Returns whether the content has gaps that are not in the archive. */
    boolean isSparse() {
        return type == 'S';
    }

    private static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += own ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    private static String text(byte[] block, int start, int length) {
        int end = start;
        while (end < start + length && block[end] != 0) {
            end++;
        }
        return new String(block, start, end - start, StandardCharsets.UTF_8);
    }

    private static long number(byte[] block, int start, int length, long offset) throws MalformedLayoutException {
        if ((block[start] & 0x80) != 0) {
            return binary(block, start, length, offset);
        }
        String digits = text(block, start, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw broken(offset);
        }
    }

    private static long binary(byte[] block, int start, int length, long offset) throws MalformedLayoutException {
        long value = block[start] & 0x7f;
        for (int i = start + 1; i < start + length; i++) {
            if (value > Long.MAX_VALUE >> 8) {
                throw broken(offset);
            }
            value = value << 8 | block[i] & 0xff;
        }
        return value;
    }

    private static MalformedLayoutException broken(long offset) {
        return new MalformedLayoutException(
                offset == 0
                        ? "it is not a tar archive"
                        : "there is no valid tar header at byte " + offset + "; the archive is damaged");
    }
}
