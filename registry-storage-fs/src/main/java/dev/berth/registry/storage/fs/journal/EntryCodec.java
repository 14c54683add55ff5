package dev.berth.registry.storage.fs.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Entries as bytes. */
final class EntryCodec {
    private static final int PUT = 1;
    private static final int MARK = 2;
    private static final int MOVE = 3;
    private static final int DELETE = 4;

    private EntryCodec() {}

    /** Writes the entry and its length before it. */
    static void write(JournalEntry entry, ByteArrayOutputStream bytes) {
        byte[] fields = fields(entry);
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            output.writeInt(fields.length);
            output.write(fields);
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot fail", e);
        }
    }

    /** Reads the entries of a frame, and returns whether more are wanted. */
    static boolean read(byte[] frame, JournalReader.Reading reading) throws IOException {
        DataInputStream input = new DataInputStream(new ByteArrayInputStream(frame));
        boolean more = true;
        while (more && input.available() > 0) {
            byte[] fields = new byte[input.readInt()];
            input.readFully(fields);
            more = reading.take(parse(fields));
        }
        return more;
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
                output.writeLong(mark.time());
            } else if (entry instanceof JournalEntry.Move move) {
                output.writeByte(MOVE);
                write(move.from(), output);
                output.writeLong(move.size());
                output.writeLong(move.modified());
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

    private static JournalEntry parse(byte[] fields) throws IOException {
        DataInputStream input = new DataInputStream(new ByteArrayInputStream(fields));
        int type = input.readByte();
        return switch (type) {
            case PUT -> new JournalEntry.Put(read(input), input.readLong(), input.readLong(), input.readAllBytes());
            case MARK -> new JournalEntry.Mark(read(input), input.readLong());
            case MOVE ->
                new JournalEntry.Move(read(input), input.readLong(), input.readLong(), read(input), input.readLong());
            case DELETE -> new JournalEntry.Delete(read(input), input.readLong());
            default ->
                throw new IOException("the journal has an entry of the unknown type " + type
                        + ", which a newer version has written: open the directory with that one");
        };
    }

    /** Paths may be longer than {@code writeUTF} takes. */
    private static void write(String text, DataOutputStream output) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    private static String read(DataInputStream input) throws IOException {
        byte[] bytes = new byte[input.readInt()];
        input.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
