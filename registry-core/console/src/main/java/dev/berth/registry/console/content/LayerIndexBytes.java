package dev.berth.registry.console.content;

import dev.berth.registry.console.content.LayerEntry.Kind;
import dev.berth.registry.console.content.LayerIndex.Directory;
import dev.berth.registry.console.content.LayerIndex.Totals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An index of a layer as bytes: the totals, and then for each directory its path and its entries. What another version has
 * written is not read.
 */
final class LayerIndexBytes {
    private static final int VERSION = 1;
    private static final Kind[] KINDS = Kind.values();

    private LayerIndexBytes() {}

    static LayerIndex write(LayerIndexBuilder index, Totals totals) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, Integer> offsets = new HashMap<>();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeLong(totals.entries());
            out.writeLong(totals.bytes());
            out.writeUTF(totals.problem());
            out.writeInt(index.directories().size());
            for (String directory : index.directories()) {
                offsets.put(directory, out.size());
                out.writeUTF(directory);
                out.writeBoolean(index.isOpaque(directory));
                out.writeInt(index.entries(directory).size());
                for (LayerEntry entry : index.entries(directory)) {
                    write(entry, out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return new LayerIndex(bytes.toByteArray(), offsets, totals);
    }

    private static void write(LayerEntry entry, DataOutputStream out) throws IOException {
        out.writeByte(entry.kind().ordinal());
        out.writeUTF(entry.name());
        out.writeLong(entry.number());
        if (entry.isImplied()) {
            return;
        }
        out.writeLong(entry.size());
        out.writeShort(entry.mode());
        out.writeLong(entry.userId());
        out.writeLong(entry.groupId());
        out.writeLong(entry.modified().getEpochSecond());
        out.writeUTF(entry.target());
    }

    /** Reads an index; empty if it is damaged, or of another version. */
    static Optional<LayerIndex> read(byte[] bytes) {
        try (Counted in = new Counted(bytes)) {
            if (in.readInt() != VERSION) {
                return Optional.empty();
            }
            Totals totals = new Totals(in.readLong(), in.readLong(), in.readUTF());
            int number = in.readInt();
            Map<String, Integer> offsets = new HashMap<>();
            for (int i = 0; i < number; i++) {
                int offset = in.position();
                offsets.put(directory(in).path(), offset);
            }
            return Optional.of(new LayerIndex(bytes, offsets, totals));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Reads one directory of bytes that were written or read here. */
    static Directory directory(byte[] bytes, int offset) {
        try (Counted in = new Counted(bytes)) {
            in.skipNBytes(offset);
            return directory(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    private static Directory directory(DataInputStream in) throws IOException {
        String path = in.readUTF();
        boolean opaque = in.readBoolean();
        int number = in.readInt();
        List<LayerEntry> entries = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            entries.add(entry(path, in));
        }
        return new Directory(path, opaque, entries);
    }

    private static LayerEntry entry(String directory, DataInputStream in) throws IOException {
        Kind kind = KINDS[in.readUnsignedByte()];
        String name = in.readUTF();
        String path = directory.isEmpty() ? name : directory + "/" + name;
        long number = in.readLong();
        if (number < 0) {
            return LayerEntry.impliedDirectory(path);
        }
        return new LayerEntry(
                path,
                kind,
                in.readLong(),
                in.readUnsignedShort(),
                in.readLong(),
                in.readLong(),
                Instant.ofEpochSecond(in.readLong()),
                in.readUTF(),
                number);
    }

    /** Knows where it is. */
    private static final class Counted extends DataInputStream {
        private final int length;

        Counted(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
            this.length = bytes.length;
        }

        int position() throws IOException {
            return length - in.available();
        }
    }
}
