package dev.berth.registry.layout;

import dev.berth.registry.internal.archive.TarOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes files into a tar in a channel. The same files give the same bytes: nothing of the machine is in the headers.
 */
final class TarFiles {
    private static final int MODE = 0644;

    private final FileChannel channel;

    /** Begins a tar in a channel that the caller closes. */
    TarFiles(FileChannel channel) {
        this.channel = channel;
    }

    void add(String name, byte[] content) throws IOException {
        begin(name, content.length);
        write(content);
        write(TarOutput.padding(content.length));
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
            write(TarOutput.padding(size));
        }
    }

    void finish() throws IOException {
        write(TarOutput.end());
    }

    private void begin(String name, long size) throws IOException {
        write(TarOutput.header(new TarOutput.Entry(name, '0', "", size, MODE, 0, 0, 0)));
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }
}
