package dev.berth.registry.scan.format.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The content of a file in any order, for formats that need it: in memory if it is small, otherwise in a temporary file,
 * which is deleted when this is closed. For one thread.
 */
public abstract class RandomContent implements Closeable {
    private static final int IN_MEMORY = 4 * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final long size;
    private final Findings findings;

    private RandomContent(long size, Findings findings) {
        this.size = size;
        this.findings = findings;
    }

    /**
     * Reads a whole file.
     *
     * @throws UnreadableException if it is too large for a temporary file
     */
    public static RandomContent of(FileContent content, Findings findings) throws IOException {
        byte[] beginning = content.stream().readNBytes(IN_MEMORY);
        return beginning.length < IN_MEMORY
                ? new InMemory(beginning, findings)
                : InFile.of(beginning, content.stream(), findings);
    }

    /** Returns the number of bytes. */
    public final long size() {
        return size;
    }

    /**
     * Returns bytes.
     *
     * @throws UnreadableException if there are none at this place
     */
    public final ByteBuffer read(long position, int length) throws IOException {
        if (position < 0 || length < 0 || position > size - length) {
            throw new UnreadableException("it points behind its end");
        }
        findings.opened(length);
        return ByteBuffer.wrap(readFully(position, length));
    }

    abstract byte[] readFully(long position, int length) throws IOException;

    private static final class InMemory extends RandomContent {
        private final byte[] content;

        InMemory(byte[] content, Findings findings) {
            super(content.length, findings);
            this.content = content;
        }

        @Override
        byte[] readFully(long position, int length) {
            byte[] bytes = new byte[length];
            System.arraycopy(content, (int) position, bytes, 0, length);
            return bytes;
        }

        @Override
        public void close() {}
    }

    private static final class InFile extends RandomContent {
        private final FileChannel file;

        private InFile(FileChannel file, long size, Findings findings) {
            super(size, findings);
            this.file = file;
        }

        static InFile of(byte[] beginning, InputStream rest, Findings findings) throws IOException {
            Path path = Files.createTempFile("berth-scan", null);
            // It goes with the channel, also where this process dies, on systems that can delete what is open.
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // Then closing the channel does.
            }
            try {
                return new InFile(file, fill(file, beginning, rest, findings), findings);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }

        private static long fill(FileChannel file, byte[] beginning, InputStream rest, Findings findings)
                throws IOException {
            write(file, beginning, beginning.length);
            long written = beginning.length;
            byte[] buffer = new byte[BUFFER];
            for (int count = rest.read(buffer); count >= 0; count = rest.read(buffer)) {
                written += count;
                if (written > findings.limits().maxTemporaryBytes()) {
                    throw new UnreadableException("it has more than the "
                            + findings.limits().maxTemporaryBytes() + " bytes that a temporary file may have");
                }
                findings.requireTime();
                write(file, buffer, count);
            }
            return written;
        }

        private static void write(FileChannel file, byte[] bytes, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }

        @Override
        byte[] readFully(long position, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (file.read(buffer, position + buffer.position()) < 0) {
                    throw new UnreadableException("its temporary file was cut");
                }
            }
            return buffer.array();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
