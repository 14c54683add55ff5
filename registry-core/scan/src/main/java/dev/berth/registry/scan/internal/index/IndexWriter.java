package dev.berth.registry.scan.internal.index;

import dev.berth.registry.scan.internal.osv.Advisory;
import dev.berth.registry.scan.internal.osv.Affected;
import dev.berth.registry.scan.version.VersionOrder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes an index. Details go into it as they come. Entries are put into one of some files by the first bits of their
 * package's hash, and from there, file by file, into the index, package by package: so no more than the places of one file's
 * entries are in memory. For one thread.
 */
public final class IndexWriter implements Closeable {
    private static final int PART_BITS = 6;
    private static final int PARTS = 1 << PART_BITS;
    private static final int PART_BUFFER = 8 * 1024;
    private static final int BUFFER = 64 * 1024;
    /** As many places of entries as there may be in memory. */
    private static final int MOST_IN_PART = 400_000;

    private static final int PREFIX_BYTES = 2 * Long.BYTES;

    private final Path directory;
    private final Path path;
    private final DataOutputStream out;
    private final @Nullable DataOutputStream[] parts = new DataOutputStream[PARTS];
    private final int[] inPart = new int[PARTS];
    private long position = IndexHeader.BYTES;

    /**
     * Begins an index.
     *
     * @param directory an empty directory of its own, in which all files are
     */
    public IndexWriter(Path directory) throws IOException {
        this.directory = directory;
        this.path = directory.resolve("index");
        this.out = open(path, BUFFER);
        out.write(new byte[IndexHeader.BYTES]);
    }

    private static DataOutputStream open(Path path, int buffer) throws IOException {
        return new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), buffer));
    }

    /**
     * Adds an advisory. What it says of ecosystems without an order of versions is left out.
     *
     * @return how many of its packages there was no room for
     */
    public int add(Advisory advisory) throws IOException {
        Map<PackageKey, List<Affected>> packages = new LinkedHashMap<>();
        for (Affected affected : advisory.affected()) {
            VersionOrder.of(affected.ecosystem())
                    .ifPresent(order -> packages.computeIfAbsent(
                                    PackageKey.of(affected.ecosystem(), affected.name()), key -> new ArrayList<>())
                            .add(affected.simplified(order)));
        }
        if (packages.isEmpty()) {
            return 0;
        }
        long details = position;
        append(framed(RecordCoding.write(Details.of(advisory))));
        int left = 0;
        for (Map.Entry<PackageKey, List<Affected>> one : packages.entrySet()) {
            Entry entry = new Entry(details, advisory.id(), advisory.modified(), advisory.withdrawn(), one.getValue());
            left += add(one.getKey(), framed(RecordCoding.write(entry))) ? 0 : 1;
        }
        return left;
    }

    private boolean add(PackageKey key, byte[] framed) throws IOException {
        int number = key.bits(PART_BITS);
        if (inPart[number] >= MOST_IN_PART) {
            return false;
        }
        inPart[number]++;
        DataOutputStream part = parts[number];
        if (part == null) {
            part = open(part(number), PART_BUFFER);
            parts[number] = part;
        }
        part.writeLong(key.high());
        part.writeLong(key.low());
        part.write(framed);
        return true;
    }

    private Path part(int number) {
        return directory.resolve("part-" + number);
    }

    /** Length and checksum in front. */
    private static byte[] framed(byte[] record) {
        return ByteBuffer.allocate(2 * Integer.BYTES + record.length)
                .putInt(record.length)
                .putInt(IndexHeader.checksum(ByteBuffer.wrap(record)))
                .put(record)
                .array();
    }

    private void append(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    /** Where the entry of a package is in its file. */
    private record Place(PackageKey key, long position, int bytes) {}

    /**
     * Writes the rest.
     *
     * @param facts what is to be known of the whole
     * @return the file, whose content is on disk
     */
    public Path finish(byte[] facts) throws IOException {
        Path rows = directory.resolve("rows");
        try (DataOutputStream target = open(rows, BUFFER)) {
            for (int number = 0; number < PARTS; number++) {
                DataOutputStream part = parts[number];
                if (part != null) {
                    part.close();
                    copy(part(number), target);
                    Files.delete(part(number));
                }
            }
        }
        long rowsPosition = position;
        byte[] beginnings = copyRows(rows);
        long beginningsPosition = position;
        append(beginnings);
        long factsPosition = position;
        append(facts);
        out.close();
        IndexHeader header = new IndexHeader(
                position,
                rowsPosition,
                beginningsPosition,
                IndexHeader.checksum(ByteBuffer.wrap(beginnings)),
                factsPosition,
                IndexHeader.checksum(ByteBuffer.wrap(facts)));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            // Last: without it the file is none.
            file.write(header.write(), 0);
            file.force(true);
        }
        return path;
    }

    private void copy(Path part, DataOutputStream rows) throws IOException {
        List<Place> places = places(part);
        places.sort(Comparator.comparing(Place::key).thenComparingLong(Place::position));
        try (FileChannel source = FileChannel.open(part, StandardOpenOption.READ)) {
            int next = 0;
            while (next < places.size()) {
                PackageKey key = places.get(next).key();
                rows.writeLong(key.high());
                rows.writeLong(key.low());
                rows.writeLong(position);
                int first = next;
                while (next < places.size() && places.get(next).key().equals(key)) {
                    Place place = places.get(next);
                    append(IndexFile.read(source, place.position(), place.bytes())
                            .array());
                    next++;
                }
                rows.writeInt(next - first);
            }
        }
    }

    private static List<Place> places(Path part) throws IOException {
        List<Place> places = new ArrayList<>();
        long length = Files.size(part);
        long at = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(part), BUFFER))) {
            while (at < length) {
                PackageKey key = new PackageKey(in.readLong(), in.readLong());
                int bytes = 2 * Integer.BYTES + in.readInt();
                places.add(new Place(key, at + PREFIX_BYTES, bytes));
                in.skipNBytes(bytes - Integer.BYTES);
                at += PREFIX_BYTES + bytes;
            }
        }
        return places;
    }

    /** Copies the rows, and returns where those of each bucket begin. */
    private byte[] copyRows(Path rows) throws IOException {
        ByteBuffer beginnings = ByteBuffer.allocate(IndexHeader.BEGINNINGS_BYTES);
        int count = Math.toIntExact(Files.size(rows) / IndexHeader.ROW_BYTES);
        int row = 0;
        int bucket = 0;
        int first = 0;
        CRC32 checksum = new CRC32();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(rows), BUFFER))) {
            for (; row < count; row++) {
                byte[] bytes = in.readNBytes(IndexHeader.ROW_BYTES);
                int own = new PackageKey(ByteBuffer.wrap(bytes).getLong(), 0).bits(IndexHeader.BITS);
                for (; bucket < own; bucket++) {
                    beginnings.putInt(first).putInt((int) checksum.getValue());
                    checksum.reset();
                    first = row;
                }
                checksum.update(bytes);
                append(bytes);
            }
        }
        for (; bucket < IndexHeader.BUCKETS; bucket++) {
            beginnings.putInt(first).putInt((int) checksum.getValue());
            checksum.reset();
            first = row;
        }
        return beginnings.putInt(count).array();
    }

    @Override
    public void close() throws IOException {
        out.close();
        for (@Nullable DataOutputStream part : parts) {
            if (part != null) {
                part.close();
            }
        }
    }
}
