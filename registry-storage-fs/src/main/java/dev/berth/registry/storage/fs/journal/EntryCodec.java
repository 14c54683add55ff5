package dev.berth.registry.storage.fs.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Entries as bytes: the length, a checksum, and the fields. A length of zero is no entry, so that room which was made for
 * entries to come ends them.
 */
final class EntryCodec {
    private static final int PUT = 1;
    private static final int MARK = 2;
    private static final int MOVE = 3;
    private static final int DELETE = 4;

    /** The bytes before the fields of an entry. */
    static final int HEAD = 2 * Integer.BYTES;

    private EntryCodec() {}

    static ByteBuffer encode(JournalEntry entry) {
        byte[] fields = fields(entry);
        CRC32C checksum = new CRC32C();
        checksum.update(fields);
        ByteBuffer encoded = ByteBuffer.allocate(HEAD + fields.length);
        encoded.putInt(fields.length).putInt((int) checksum.getValue()).put(fields);
        return encoded.flip();
    }

    /** Reads an entry and moves behind it, or returns empty if there is no whole one. */
    static Optional<JournalEntry> decode(ByteBuffer encoded) {
        if (encoded.remaining() < HEAD) {
            return Optional.empty();
        }
        int length = encoded.getInt();
        int checksum = encoded.getInt();
        if (length <= 0 || length > encoded.remaining()) {
            return Optional.empty();
        }
        byte[] fields = new byte[length];
        encoded.get(fields);
        CRC32C actual = new CRC32C();
        actual.update(fields);
        return (int) actual.getValue() == checksum ? Optional.of(parse(fields)) : Optional.empty();
    }

    private static byte[] fields(JournalEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            if (entry instanceof JournalEntry.Put put) {
                output.writeByte(PUT);
                write(put.path(), output);
                output.writeLong(put.time());
                output.writeLong(put.modified());
                output.write(put.content());
            } else if (entry instanceof JournalEntry.Mark mark) {
                output.writeByte(MARK);
                write(mark.path(), output);
            } else if (entry instanceof JournalEntry.Move move) {
                output.writeByte(MOVE);
                write(move.from(), output);
                write(move.path(), output);
                output.writeLong(move.time());
            } else if (entry instanceof JournalEntry.Delete delete) {
                output.writeByte(DELETE);
                write(delete.path(), output);
                output.writeLong(delete.time());
            }
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static JournalEntry parse(byte[] fields) {
        try (DataInputStream input = new DataInputStream(new ByteArrayInputStream(fields))) {
            int type = input.readByte();
            return switch (type) {
                case PUT -> new JournalEntry.Put(
                            read(input), input.readLong(), input.readLong(), input.readAllBytes());
                case MARK -> new JournalEntry.Mark(read(input));
                case MOVE -> new JournalEntry.Move(read(input), read(input), input.readLong());
                case DELETE -> new JournalEntry.Delete(read(input), input.readLong());
                default -> throw new IllegalStateException("The journal has an entry of the unknown type " + type
                        + ": a newer version wrote it; open the directory with that one");
            };
        } catch (IOException e) {
            throw new IllegalStateException("An entry of the journal with the right checksum is malformed", e);
        }
    }

    /** Paths are longer than {@code writeUTF} takes. */
    private static void write(String text, DataOutputStream output) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    private static String read(DataInputStream input) throws IOException {
        int length = input.readInt();
        return new String(input.readNBytes(length), StandardCharsets.UTF_8);
    }
}
