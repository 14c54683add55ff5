package dev.berth.registry.scan.format.elf;

import dev.berth.registry.scan.format.source.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the header of an ELF file says of where things are. Both classes and both byte orders.
 *
 * @param wide whether it has 64 bits
 * @param segments where the segments are, of which there are {@code segmentCount}
 * @param sections where the sections are, of which there are {@code sectionCount}; {@code names} is the one with their
 *     names
 */
record ElfLayout(
        boolean wide,
        ByteOrder order,
        long segments,
        int segmentBytes,
        int segmentCount,
        long sections,
        int sectionBytes,
        int sectionCount,
        int names) {
    static final int HEADER_BYTES = 64;
    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
    private static final int CLASS = 4;
    private static final int DATA = 5;
    private static final int LOAD = 1;
    private static final int MOST_TABLE_BYTES = 1024 * 1024;

    /** A part of the file that is loaded into memory. */
    record Segment(long offset, long bytes, long address, boolean writable) {}

    /** A part of the file with a name. */
    record Section(int name, long offset, long bytes) {}

    static boolean isElf(byte[] beginning) {
        return beginning.length >= MAGIC.length
                && ByteBuffer.wrap(beginning, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /** Reads the first {@value #HEADER_BYTES} bytes. */
    static ElfLayout read(byte[] header) throws UnreadableException {
        boolean wide = header[CLASS] == 2;
        boolean known = (wide || header[CLASS] == 1) && (header[DATA] == 1 || header[DATA] == 2);
        if (!isElf(header) || !known) {
            throw new UnreadableException("it is no ELF file");
        }
        ByteOrder order = header[DATA] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer fields = ByteBuffer.wrap(header).order(order);
        int sizes = wide ? 54 : 42;
        ElfLayout layout = new ElfLayout(
                wide,
                order,
                wide ? fields.getLong(32) : Integer.toUnsignedLong(fields.getInt(28)),
                fields.getShort(sizes) & 0xffff,
                fields.getShort(sizes + 2) & 0xffff,
                wide ? fields.getLong(40) : Integer.toUnsignedLong(fields.getInt(32)),
                fields.getShort(sizes + 4) & 0xffff,
                fields.getShort(sizes + 6) & 0xffff,
                fields.getShort(sizes + 8) & 0xffff);
        boolean small =
                layout.segmentTableBytes() <= MOST_TABLE_BYTES && layout.sectionTableBytes() <= MOST_TABLE_BYTES;
        boolean whole = (layout.segmentCount == 0 || layout.segmentBytes >= (wide ? 56 : 32))
                && (layout.sectionCount == 0 || layout.sectionBytes >= (wide ? 64 : 40));
        if (!small || !whole || layout.segments < 0 || layout.sections < 0) {
            throw new UnreadableException("its header is damaged");
        }
        return layout;
    }

    int segmentTableBytes() {
        return segmentBytes * segmentCount;
    }

    int sectionTableBytes() {
        return sectionBytes * sectionCount;
    }

    /** Returns what is loaded, in the order of the file. */
    List<Segment> loaded(ByteBuffer table) {
        table.order(order);
        List<Segment> loaded = new ArrayList<>();
        for (int i = 0; i < segmentCount; i++) {
            int at = i * segmentBytes;
            Segment segment = wide
                    ? new Segment(
                            table.getLong(at + 8),
                            table.getLong(at + 32),
                            table.getLong(at + 16),
                            isWritable(table, at + 4))
                    : new Segment(
                            Integer.toUnsignedLong(table.getInt(at + 4)),
                            Integer.toUnsignedLong(table.getInt(at + 16)),
                            Integer.toUnsignedLong(table.getInt(at + 8)),
                            isWritable(table, at + 24));
            boolean sensible = segment.offset >= 0 && segment.bytes >= 0 && segment.offset + segment.bytes >= 0;
            if (table.getInt(at) == LOAD && sensible) {
                loaded.add(segment);
            }
        }
        loaded.sort(Comparator.comparingLong(Segment::offset));
        return loaded;
    }

    private static boolean isWritable(ByteBuffer table, int flags) {
        return (table.getInt(flags) & 2) != 0;
    }

    List<Section> sections(ByteBuffer table) {
        table.order(order);
        List<Section> all = new ArrayList<>();
        for (int i = 0; i < sectionCount; i++) {
            int at = i * sectionBytes;
            all.add(
                    wide
                            ? new Section(table.getInt(at), table.getLong(at + 24), table.getLong(at + 32))
                            : new Section(
                                    table.getInt(at),
                                    Integer.toUnsignedLong(table.getInt(at + 16)),
                                    Integer.toUnsignedLong(table.getInt(at + 20))));
        }
        return all;
    }
}
