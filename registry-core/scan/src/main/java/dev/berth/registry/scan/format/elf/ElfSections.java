package dev.berth.registry.scan.format.elf;

import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.PackageReader;
import dev.berth.registry.scan.format.source.RandomContent;
import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads an ELF file in any order: the section of cargo-auditable, and what linkers of Go before 1.18 have written, which
 * are addresses of texts. It also does what {@link ElfScan} does.
 */
public final class ElfSections implements PackageReader {
    static final String CARGO = ".dep-v0";

    private static final int MOST_NAMES = 1024 * 1024;
    private static final int MOST_CARGO = 4 * 1024 * 1024;
    private static final int WINDOW = 64 * 1024;

    /** Makes a reader, which has no state. */
    public ElfSections() {}

    @Override
    public void read(FileContent file, Findings findings) throws IOException {
        try (RandomContent content = RandomContent.of(file, findings)) {
            if (content.size() < ElfLayout.HEADER_BYTES) {
                throw new UnreadableException("it is no ELF file");
            }
            ElfLayout layout =
                    ElfLayout.read(content.read(0, ElfLayout.HEADER_BYTES).array());
            List<ElfLayout.Segment> loaded = layout.loaded(content.read(layout.segments(), layout.segmentTableBytes()));
            go(content, loaded, file.path(), findings);
            cargo(content, layout, file.path(), findings);
        }
    }

    private static void cargo(RandomContent content, ElfLayout layout, String path, Findings findings)
            throws IOException {
        List<ElfLayout.Section> sections = layout.sections(content.read(layout.sections(), layout.sectionTableBytes()));
        if (layout.names() >= sections.size()) {
            return;
        }
        ElfLayout.Section named = sections.get(layout.names());
        ByteBuffer names = content.read(named.offset(), (int) Math.min(named.bytes(), MOST_NAMES));
        for (ElfLayout.Section section : sections) {
            if (nameAt(names, section.name()).equals(CARGO)) {
                if (section.bytes() > MOST_CARGO) {
                    throw new UnreadableException("its list of crates has more than " + MOST_CARGO + " bytes");
                }
                CargoAuditable.read(
                        content.read(section.offset(), (int) section.bytes()).array(), path, findings);
            }
        }
    }

    private static String nameAt(ByteBuffer names, int from) {
        int end = from;
        while (end >= 0 && end < names.limit() && end - from <= CARGO.length() && names.get(end) != 0) {
            end++;
        }
        if (end <= from) {
            return "";
        }
        byte[] name = new byte[end - from];
        names.get(from, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static void go(RandomContent content, List<ElfLayout.Segment> loaded, String path, Findings findings)
            throws IOException {
        for (ElfLayout.Segment segment : loaded) {
            long place = segment.writable() ? find(content, segment) : -1;
            if (place >= 0) {
                ByteBuffer header = content.read(place, GoBuildInfo.HEADER_BYTES);
                byte flags = header.get(GoBuildInfo.FLAGS);
                if ((flags & GoBuildInfo.FLAG_INLINE) != 0) {
                    // Those are found without this.
                    return;
                }
                boolean wide = header.get(GoBuildInfo.POINTER_BYTES) == 8;
                ByteOrder order =
                        (flags & GoBuildInfo.FLAG_BIG_ENDIAN) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
                Pointers pointers = new Pointers(content, loaded, order, wide);
                header.order(order);
                String go = pointers.text(pointers.at(header, GoBuildInfo.ALIGNMENT));
                String modules = pointers.text(pointers.at(header, GoBuildInfo.ALIGNMENT + (wide ? 8 : 4)));
                GoBuildInfo.add(go, modules, path, findings);
                return;
            }
        }
    }

    private static long find(RandomContent content, ElfLayout.Segment segment) throws IOException {
        ByteBuffer magic = ByteBuffer.wrap(GoBuildInfo.MAGIC);
        long first = Math.floorDiv(segment.offset() + GoBuildInfo.ALIGNMENT - 1, GoBuildInfo.ALIGNMENT)
                * GoBuildInfo.ALIGNMENT;
        long end = Math.min(segment.offset() + segment.bytes(), content.size());
        for (long place = first; place <= end - GoBuildInfo.HEADER_BYTES; place += WINDOW) {
            ByteBuffer window = content.read(place, (int) Math.min(WINDOW, end - place));
            for (int i = 0; i <= window.limit() - GoBuildInfo.HEADER_BYTES; i += GoBuildInfo.ALIGNMENT) {
                if (window.slice(i, GoBuildInfo.MAGIC.length).equals(magic)) {
                    return place + i;
                }
            }
        }
        return -1;
    }

    /** Addresses in the memory of the program, and texts of Go: an address and a length. */
    private record Pointers(RandomContent content, List<ElfLayout.Segment> loaded, ByteOrder order, boolean wide) {

        long at(ByteBuffer buffer, int position) {
            return wide ? buffer.getLong(position) : Integer.toUnsignedLong(buffer.getInt(position));
        }

        String text(long address) throws IOException {
            int bytes = wide ? 8 : 4;
            ByteBuffer header = read(address, 2 * bytes).order(order);
            long length = at(header, bytes);
            if (length < 0 || length > GoBuildInfo.MOST_TEXT) {
                throw new UnreadableException("its list of Go modules is damaged");
            }
            return new String(read(at(header, 0), (int) length).array(), StandardCharsets.UTF_8);
        }

        private ByteBuffer read(long address, int length) throws IOException {
            for (ElfLayout.Segment segment : loaded) {
                long within = address - segment.address();
                if (within >= 0 && within < segment.bytes()) {
                    return content.read(segment.offset() + within, length);
                }
            }
            throw new UnreadableException("its list of Go modules is damaged");
        }
    }
}
