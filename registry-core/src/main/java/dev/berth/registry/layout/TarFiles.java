package dev.berth.registry.layout;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes plain files into a tar (POSIX "ustar", with GNU's long names and sizes): the same files give the same bytes. This
 * needs no library, unlike the tar of a layer, which has all kinds of entries.
 */
final class TarFiles {
    private static final int NAME_LENGTH = 100;
    private static final long MOST_OCTAL = 077777777777L;

    private final FileChannel channel;

    /** Begins a tar in a channel that the caller closes. */
    TarFiles(FileChannel channel) {
        this.channel = channel;
    }

    void add(String name, byte[] content) throws IOException {
        begin(name, content.length);
        write(content);
        pad(content.length);
    }

    void add(String name, Path file) throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = content.size();
            begin(name, size);
            for (long position = 0; position < size; ) {
                long moved = content.transferTo(position, size - position, channel);
                if (moved <= 0) {
                    throw new EOFException("the file " + file + " was cut while it was read");
                }
                position += moved;
            }
            pad(size);
        }
    }

    void finish() throws IOException {
        write(new byte[2 * TarHeader.BLOCK]);
    }

    private void begin(String name, long size) throws IOException {
        byte[] written = name.getBytes(StandardCharsets.UTF_8);
        if (written.length > NAME_LENGTH) {
            // Blobs with a sha512: their real name comes before, as the content of an entry.
            write(header("././@LongLink".getBytes(StandardCharsets.UTF_8), 'L', written.length + 1L));
            write(written);
            write(new byte[1]);
            pad(written.length + 1L);
        }
        write(header(Arrays.copyOf(written, Math.min(written.length, NAME_LENGTH)), '0', size));
    }

    private void pad(long size) throws IOException {
        write(new byte[(int) ((TarHeader.BLOCK - size % TarHeader.BLOCK) % TarHeader.BLOCK)]);
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    private static byte[] header(byte[] name, char type, long size) {
        byte[] header = new byte[TarHeader.BLOCK];
        System.arraycopy(name, 0, header, 0, name.length);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        if (size <= MOST_OCTAL) {
            put(header, 124, String.format("%011o", size));
        } else {
            // GNU's way, which everybody reads.
            header[124] = (byte) 0x80;
            ByteBuffer.wrap(header).putLong(128, size);
        }
        put(header, 136, "00000000000");
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 263, "00");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0", sum));
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
