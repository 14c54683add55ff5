package dev.berth.registry.internal.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a tar consists of beside the contents of files, in the format of POSIX (pax). The same entry gives the same bytes
 * for ever: digests of layers depend on them. They are those that commons-compress writes.
 *
 * <p>A tar is, for each entry, its {@link #header}, its content and {@link #padding}, and {@link #end} behind the last.
 */
public final class TarOutput {
    /** Everything in a tar begins at a multiple of this, in bytes. */
    public static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int LONGEST_ID = 8;
    private static final int LONGEST_NUMBER = 12;
    private static final int CHECKSUM = 148;
    private static final long MOST_ID = 07777777L;
    private static final long MOST_NUMBER = 077777777777L;
    private static final int MODE_OF_EXTENDED_HEADER = 0100644;

    private TarOutput() {}

    /**
     * The metadata of an entry.
     *
     * @param name the name, with a slash at the end of that of a directory
     * @param type the type flag: {@code 0} for a file, {@code 2} for a symbolic link, {@code 5} for a directory
     * @param linkTarget the target of a link; empty for everything else
     * @param size the number of bytes of the content
     * @param mode the permissions
     * @param userId the owner
     * @param groupId the group of the owner
     * @param modified when it was last modified, in seconds since 1970
     */
    public record Entry(
            String name, char type, String linkTarget, long size, int mode, long userId, long groupId, long modified) {}

    /** Returns the header of an entry, and in front of it an extended header with what does not fit into it. */
    public static byte[] header(Entry entry) {
        Map<String, String> extended = extended(entry);
        if (extended.isEmpty()) {
            return block(entry);
        }
        byte[] records = records(extended);
        long modified = entry.modified() < 0 || entry.modified() > MOST_NUMBER ? 0 : entry.modified();
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        headers.writeBytes(block(new Entry(
                extendedName(entry.name()), 'x', "", records.length, MODE_OF_EXTENDED_HEADER, 0, 0, modified)));
        headers.writeBytes(records);
        headers.writeBytes(padding(records.length));
        headers.writeBytes(block(entry));
        return headers.toByteArray();
    }

    /** Returns what follows content of this size. */
    public static byte[] padding(long size) {
        return new byte[(int) Math.floorMod(-size, (long) BLOCK)];
    }

    /** Returns the end of a tar. */
    public static byte[] end() {
        return new byte[2 * BLOCK];
    }

    /** The order of this map is that of the records. It depends on nothing but the keys and the order of putting them. */
    private static Map<String, String> extended(Entry entry) {
        Map<String, String> records = new HashMap<>();
        putIf(isLong(entry.name()), records, "path", entry.name());
        putIf(isLong(entry.linkTarget()), records, "linkpath", entry.linkTarget());
        putNumber(records, "size", entry.size(), MOST_NUMBER);
        putNumber(records, "gid", entry.groupId(), MOST_ID);
        putNumber(records, "mtime", entry.modified(), MOST_NUMBER);
        putNumber(records, "uid", entry.userId(), MOST_ID);
        putIf(!isAscii(entry.name()), records, "path", entry.name());
        putIf(!isAscii(entry.linkTarget()), records, "linkpath", entry.linkTarget());
        return records;
    }

    private static void putIf(boolean needed, Map<String, String> records, String key, String text) {
        if (needed) {
            records.put(key, text);
        }
    }

    private static boolean isLong(String text) {
        return utf8(text).length >= NAME;
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private static void putNumber(Map<String, String> records, String key, long number, long most) {
        if (number < 0 || number > most) {
            records.put(key, Long.toString(number));
        }
    }

    private static byte[] records(Map<String, String> extended) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        extended.forEach((key, value) -> records.writeBytes(record(" " + key + "=" + value + "\n")));
        return records.toByteArray();
    }

    /** A record begins with its own length, which counts too. */
    private static byte[] record(String rest) {
        int restLength = utf8(rest).length;
        int length = restLength;
        int whole;
        while ((whole = restLength + Integer.toString(length).length()) != length) {
            length = whole;
        }
        return utf8(length + rest);
    }

    private static String extendedName(String name) {
        StringBuilder ascii = new StringBuilder("./PaxHeaders.X/");
        for (int i = 0; i < name.length() && ascii.length() < NAME - 1; i++) {
            char stripped = (char) (name.charAt(i) & 0x7f);
            ascii.append(stripped == '\0' || stripped == '/' || stripped == '\\' ? '_' : stripped);
        }
        return ascii.toString();
    }

    private static byte[] block(Entry entry) {
        Block block = new Block();
        block.text(entry.name(), NAME);
        block.number(entry.mode(), LONGEST_ID);
        block.number(entry.userId(), LONGEST_ID);
        block.number(entry.groupId(), LONGEST_ID);
        block.number(entry.size(), LONGEST_NUMBER);
        block.number(entry.modified(), LONGEST_NUMBER);
        block.text("        ", LONGEST_ID);
        block.text(String.valueOf(entry.type()), 1);
        block.text(entry.linkTarget(), NAME);
        block.text("ustar", 6);
        block.text("00", 2);
        // The names of user and group.
        block.text("", 64);
        block.number(0, LONGEST_ID);
        block.number(0, LONGEST_ID);
        return block.withChecksum();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A header that is being written, field by field. */
    private static final class Block {
        private final byte[] bytes = new byte[BLOCK];
        private int position;

        void text(String text, int length) {
            byte[] written = utf8(text);
            for (int end = text.length(); written.length > length; ) {
                written = utf8(text.substring(0, --end));
            }
            System.arraycopy(written, 0, bytes, position, written.length);
            position += length;
        }

        /** A number that does not fit is zero here, and in the extended header. */
        void number(long number, int length) {
            boolean fits = number >= 0 && number < 1L << 3 * (length - 1);
            text(String.format(Locale.ROOT, "%0" + (length - 1) + "o ", fits ? number : 0), length);
        }

        byte[] withChecksum() {
            int sum = 0;
            for (byte b : bytes) {
                sum += b & 0xff;
            }
            position = CHECKSUM;
            text(String.format(Locale.ROOT, "%06o\0 ", sum), LONGEST_ID);
            return bytes;
        }
    }
}
