package dev.berth.registry.scan.internal.osv;

import dev.berth.registry.internal.stream.BulkInputStream;
import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The entries of a zip, one after the other, by its directory (APPNOTE 4.3). {@link java.util.zip.ZipFile} would hold the
 * directory of a large one in memory, and a stream would end at the first broken entry. For one thread.
 */
final class ZipEntries implements Closeable {
    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int END64_BYTES = 56;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int ENTRY_BYTES = 46;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int LOCAL_BYTES = 30;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int MOST_COMMENT = 0xffff;
    private static final int BUFFER = 16 * 1024;
    private static final long IN_EXTRA = 0xffffffffL;
    private static final int EXTRA64 = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final FileChannel file;
    private final Inflater inflater = new Inflater(true);
    private final InputStream directory;
    private String name = "";
    private int flags;
    private int method;
    private long checksum;
    private long compressed;
    private long size;
    private long offset;

    private ZipEntries(FileChannel file) throws IOException {
        this.file = file;
        this.directory = new BufferedInputStream(directory(), BUFFER);
    }

    /** @throws UnreadableException if it is no zip */
    static ZipEntries open(Path path) throws IOException {
        FileChannel file = channel(path);
        try {
            return new ZipEntries(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel channel(Path path) throws UnreadableException {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UnreadableException("it cannot be opened");
        }
    }

    private InputStream directory() throws IOException {
        long length = file.size();
        int tailBytes = (int) Math.min(length, END_BYTES + MOST_COMMENT);
        ByteBuffer tail = read(length - tailBytes, tailBytes);
        int end = tailBytes - END_BYTES;
        while (end >= 0 && tail.getInt(end) != END_SIGNATURE) {
            end--;
        }
        if (end < 0) {
            throw new UnreadableException("it is no zip, or its end is missing");
        }
        long bytes = Integer.toUnsignedLong(tail.getInt(end + 12));
        long start = Integer.toUnsignedLong(tail.getInt(end + 16));
        if (end >= LOCATOR_BYTES && tail.getInt(end - LOCATOR_BYTES) == LOCATOR_SIGNATURE) {
            ByteBuffer end64 = read(tail.getLong(end - LOCATOR_BYTES + 8), END64_BYTES);
            if (end64.getInt(0) != END64_SIGNATURE) {
                throw new UnreadableException("its end is damaged");
            }
            bytes = end64.getLong(40);
            start = end64.getLong(48);
        }
        if (start < 0 || bytes < 0 || start > length - bytes) {
            throw new UnreadableException("its directory is outside of it");
        }
        return new Section(start, bytes);
    }

    /** Goes to the next entry. */
    boolean next() throws IOException {
        byte[] fixed = directory.readNBytes(ENTRY_BYTES);
        if (fixed.length == 0) {
            return false;
        }
        ByteBuffer entry = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
        if (fixed.length < ENTRY_BYTES || entry.getInt(0) != ENTRY_SIGNATURE) {
            throw new UnreadableException("its directory is damaged");
        }
        flags = entry.getShort(8);
        method = entry.getShort(10);
        checksum = Integer.toUnsignedLong(entry.getInt(16));
        compressed = Integer.toUnsignedLong(entry.getInt(20));
        size = Integer.toUnsignedLong(entry.getInt(24));
        offset = Integer.toUnsignedLong(entry.getInt(42));
        name = new String(directory.readNBytes(Short.toUnsignedInt(entry.getShort(28))), StandardCharsets.UTF_8);
        extra(directory.readNBytes(Short.toUnsignedInt(entry.getShort(30))));
        directory.skipNBytes(Short.toUnsignedInt(entry.getShort(32)));
        return true;
    }

    private void extra(byte[] bytes) {
        ByteBuffer extra = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
            ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            if (id == EXTRA64) {
                size = large(size, field);
                compressed = large(compressed, field);
                offset = large(offset, field);
            }
            extra.position(extra.position() + length);
        }
    }

    private static long large(long value, ByteBuffer field) {
        return value == IN_EXTRA && field.remaining() >= Long.BYTES ? field.getLong() : value;
    }

    /** Returns the name of the entry: text of strangers. */
    String name() {
        return name;
    }

    /**
     * Returns the content of the entry. Reading it to its end fails with {@link UnreadableException} if size or checksum
     * are not as the directory says.
     */
    InputStream content() throws IOException {
        if ((flags & 1) != 0 || method != STORED && method != DEFLATED) {
            throw new UnreadableException("it is encrypted, or compressed by another method than deflate");
        }
        if (offset < 0 || offset > file.size() - LOCAL_BYTES) {
            throw new UnreadableException("it is outside of the zip");
        }
        ByteBuffer local = read(offset, LOCAL_BYTES);
        if (local.getInt(0) != LOCAL_SIGNATURE) {
            throw new UnreadableException("its header is damaged");
        }
        long start = offset
                + LOCAL_BYTES
                + Short.toUnsignedInt(local.getShort(26))
                + Short.toUnsignedInt(local.getShort(28));
        if (compressed < 0 || start > file.size() - compressed) {
            throw new UnreadableException("its content is outside of the zip");
        }
        Section section = new Section(start, compressed);
        return new Checked(method == STORED ? section : new Inflated(section));
    }

    private ByteBuffer read(long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (position < 0 || file.read(buffer, position + buffer.position()) < 0) {
                throw new UnreadableException("it ends too early");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        file.close();
    }

    /** A part of the file. */
    private final class Section extends BulkInputStream {
        private long position;
        private final long end;

        Section(long position, long bytes) {
            this.position = position;
            this.end = position + bytes;
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            ByteBuffer buffer = ByteBuffer.wrap(target, start, (int) Math.min(length, end - position));
            int read = file.read(buffer, position);
            if (read < 0) {
                throw new UnreadableException("it has become shorter while it was read");
            }
            position += read;
            return read;
        }
    }

    private final class Inflated extends BulkInputStream {
        private final Section section;
        private final byte[] buffer = new byte[BUFFER];

        Inflated(Section section) {
            this.section = section;
            inflater.reset();
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                while (true) {
                    int inflated = inflater.inflate(target, start, length);
                    if (inflated > 0) {
                        return inflated;
                    }
                    if (inflater.finished()) {
                        return -1;
                    }
                    int read = inflater.needsInput() ? section.read(buffer, 0, buffer.length) : -1;
                    if (read < 0) {
                        throw new UnreadableException("its compressed data is damaged");
                    }
                    inflater.setInput(buffer, 0, read);
                }
            } catch (DataFormatException e) {
                throw new UnreadableException("its compressed data is damaged");
            }
        }
    }

    private final class Checked extends BulkInputStream {
        private final InputStream content;
        private final CRC32 crc = new CRC32();
        private long read;

        Checked(InputStream content) {
            this.content = content;
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            int count = content.read(target, start, length);
            if (count > 0) {
                crc.update(target, start, count);
                read += count;
            }
            if (read > size || count < 0 && (read != size || crc.getValue() != checksum)) {
                throw new UnreadableException("its size or its checksum is wrong");
            }
            return count;
        }
    }
}
