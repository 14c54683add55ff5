package dev.berth.registry.scan.format.elf;

import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads an ELF file from its beginning to its end: what Go has written into its data, and whether it has a section of
 * cargo-auditable. What stands somewhere in the middle and needs the table at the end is left to {@link ElfSections}.
 */
public final class ElfScan {
    private static final byte[] CARGO = ElfSections.CARGO.getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_VARINT = 5;

    private final ForwardReader in;
    private final String path;
    private final Findings findings;

    private ElfScan(ForwardReader in, String path, Findings findings) {
        this.in = in;
        this.path = path;
        this.findings = findings;
    }

    /** Returns whether a file that begins so is one to be read. */
    public static boolean isElf(byte[] beginning) {
        return ElfLayout.isElf(beginning);
    }

    /**
     * Adds the packages.
     *
     * @return whether the file has to be read once more, by {@link ElfSections}
     */
    public static boolean read(InputStream in, String path, Findings findings) throws IOException {
        return new ElfScan(new ForwardReader(in), path, findings).read();
    }

    private boolean read() throws IOException {
        if (!in.fill(ElfLayout.HEADER_BYTES)) {
            return false;
        }
        // One of 32 bits is shorter: its segments may be described right behind it.
        byte[] header = in.peek(0, ElfLayout.HEADER_BYTES);
        ElfLayout layout;
        try {
            layout = ElfLayout.read(header);
        } catch (UnreadableException e) {
            // Object files of compilers that nobody runs, and what only begins so.
            return false;
        }
        if (layout.segmentCount() == 0 || !in.skipTo(layout.segments())) {
            return false;
        }
        byte[] table = in.take(layout.segmentTableBytes());
        if (table.length < layout.segmentTableBytes()) {
            return false;
        }
        List<ElfLayout.Segment> loaded = layout.loaded(ByteBuffer.wrap(table));
        boolean again = false;
        long end = in.position();
        for (ElfLayout.Segment segment : loaded) {
            if (segment.writable() && in.skipTo(segment.offset())) {
                again |= findGo(segment.offset() + segment.bytes());
            }
            end = Math.max(end, segment.offset() + segment.bytes());
        }
        return again || in.skipTo(Math.max(end, in.position())) && hasCargo();
    }

    /** Returns whether the list is there, but in a form that needs other parts of the file. */
    private boolean findGo(long end) throws IOException {
        while (in.position() < end && in.fill(GoBuildInfo.HEADER_BYTES)) {
            int misplaced = (int) (in.position() % GoBuildInfo.ALIGNMENT);
            if (misplaced != 0) {
                in.skip(GoBuildInfo.ALIGNMENT - misplaced);
                continue;
            }
            if (isGo()) {
                return readGo();
            }
            in.skip(GoBuildInfo.ALIGNMENT);
        }
        return false;
    }

    private boolean isGo() {
        for (int i = 0; i < GoBuildInfo.MAGIC.length; i++) {
            if (in.peek(i) != GoBuildInfo.MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean readGo() throws IOException {
        byte[] header = in.take(GoBuildInfo.HEADER_BYTES);
        if ((header[GoBuildInfo.FLAGS] & GoBuildInfo.FLAG_INLINE) == 0) {
            return true;
        }
        String go = text();
        GoBuildInfo.add(go, text(), path, findings);
        return false;
    }

    /** A length in groups of seven bits, and as many bytes. */
    private String text() throws IOException {
        long length = 0;
        for (int i = 0; i < MOST_VARINT; i++) {
            byte[] group = in.take(1);
            if (group.length == 0) {
                break;
            }
            length |= (long) (group[0] & 0x7f) << 7 * i;
            if (group[0] >= 0) {
                break;
            }
        }
        if (length > GoBuildInfo.MOST_TEXT) {
            throw new UnreadableException("its list of Go modules has more than " + GoBuildInfo.MOST_TEXT + " bytes");
        }
        findings.opened(length);
        byte[] text = in.take((int) length);
        if (text.length < length) {
            throw new UnreadableException("its list of Go modules is cut");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Looks for the name of the section in what is not loaded into memory: the names of all sections are there. */
    private boolean hasCargo() throws IOException {
        while (in.fill(CARGO.length)) {
            int last = in.available() - CARGO.length;
            for (int i = 0; i <= last; i++) {
                if (in.peek(i) == CARGO[0] && isCargo(i)) {
                    return true;
                }
            }
            in.skip(last + 1);
        }
        return false;
    }

    private boolean isCargo(int ahead) {
        for (int i = 1; i < CARGO.length; i++) {
            if (in.peek(ahead + i) != CARGO[i]) {
                return false;
            }
        }
        return true;
    }
}
