package dev.berth.registry.scan.internal.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An open index. It stays as it is when another one takes its place. For one thread, of which an interrupt closes it.
 */
public final class IndexFile implements Closeable {
    private static final int FRAME_BYTES = 2 * Integer.BYTES;
    private static final int ENTRIES_BUFFER = 64 * 1024;
    private static final int DETAILS_BUFFER = 2 * 1024;
    private static final int LARGEST_RECORD = 64 * 1024 * 1024;

    private final FileChannel file;
    private final IndexHeader header;
    private final ByteBuffer beginnings;
    private final byte[] facts;
    private long reads;

    private IndexFile(FileChannel file) throws IOException {
        this.file = file;
        this.header = IndexHeader.read(readHere(0, IndexHeader.BYTES));
        if (header.length() != file.size()
                || header.rows() > header.beginnings()
                || header.facts() - header.beginnings() != IndexHeader.BEGINNINGS_BYTES
                || header.facts() > header.length()) {
            throw new DamagedIndexException("The index of advisories is not complete");
        }
        this.beginnings = checked(header.beginnings(), IndexHeader.BEGINNINGS_BYTES, header.beginningsChecksum());
        int bytes = Math.toIntExact(Math.min(header.length() - header.facts(), LARGEST_RECORD));
        this.facts = checked(header.facts(), bytes, header.factsChecksum()).array();
    }

    /**
     * Opens an index.
     *
     * @throws DamagedIndexException if it is none, is of another version, or is damaged
     * @throws java.nio.file.NoSuchFileException if there is no file
     */
    public static IndexFile open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new IndexFile(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Returns what was written of the whole. */
    public byte[] facts() {
        return facts.clone();
    }

    /** Returns how often the file was read. */
    public long reads() {
        return reads;
    }

    /** Takes the entries of a package. */
    public interface Visitor {
        /** Takes one. */
        void entry(Entry entry) throws IOException;
    }

    /**
     * Hands out what advisories say about a package, one after the other.
     *
     * @param ecosystem with or without a release, which does not count
     */
    public void entries(String ecosystem, String name, Visitor visitor) throws IOException {
        PackageKey key = PackageKey.of(ecosystem, name);
        int bucket = key.bits(IndexHeader.BITS);
        int first = beginnings.getInt(bucket * FRAME_BYTES);
        int end = beginnings.getInt((bucket + 1) * FRAME_BYTES);
        long position = header.rows() + (long) first * IndexHeader.ROW_BYTES;
        long bytes = ((long) end - first) * IndexHeader.ROW_BYTES;
        if (first < 0 || bytes < 0 || bytes > LARGEST_RECORD || position + bytes > header.beginnings()) {
            throw damaged();
        }
        if (bytes == 0) {
            return;
        }
        ByteBuffer rows = checked(position, (int) bytes, beginnings.getInt(bucket * FRAME_BYTES + Integer.BYTES));
        while (rows.hasRemaining()) {
            PackageKey own = new PackageKey(rows.getLong(), rows.getLong());
            long at = rows.getLong();
            int count = rows.getInt();
            if (own.equals(key)) {
                read(at, count, visitor);
                return;
            }
        }
    }

    private void read(long position, int count, Visitor visitor) throws IOException {
        Records records = new Records(position, ENTRIES_BUFFER);
        for (int i = 0; i < count; i++) {
            visitor.entry(RecordCoding.entry(records.next()));
        }
    }

    /** Returns the rest of an advisory. */
    public Details details(long position) throws IOException {
        return RecordCoding.details(new Records(position, DETAILS_BUFFER).next());
    }

    /** Reads records that are behind each other, some with each read. */
    private final class Records {
        private final int atOnce;
        private long position;
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        Records(long position, int atOnce) {
            this.position = position;
            this.atOnce = atOnce;
        }

        ByteBuffer next() throws IOException {
            require(FRAME_BYTES);
            int length = buffer.getInt();
            int checksum = buffer.getInt();
            if (length < 0 || length > LARGEST_RECORD) {
                throw damaged();
            }
            require(length);
            byte[] record = new byte[length];
            buffer.get(record);
            if (IndexHeader.checksum(ByteBuffer.wrap(record)) != checksum) {
                throw damaged();
            }
            return ByteBuffer.wrap(record);
        }

        private void require(int bytes) throws IOException {
            if (buffer.remaining() >= bytes) {
                return;
            }
            long start = position - buffer.remaining();
            if (start < 0 || bytes > header.rows() - start) {
                throw damaged();
            }
            int wanted = (int) Math.min(Math.max(bytes, atOnce), header.rows() - start);
            buffer = readHere(start, wanted);
            position = start + wanted;
        }
    }

    private ByteBuffer checked(long position, int bytes, int checksum) throws IOException {
        ByteBuffer read = readHere(position, bytes);
        if (IndexHeader.checksum(read) != checksum) {
            throw damaged();
        }
        return read;
    }

    private static DamagedIndexException damaged() {
        return new DamagedIndexException("The index of advisories is damaged");
    }

    private ByteBuffer readHere(long position, int bytes) throws IOException {
        reads++;
        return read(file, position, bytes);
    }

    static ByteBuffer read(FileChannel file, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new DamagedIndexException("The index of advisories ends too early");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
