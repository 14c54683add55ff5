package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary file with what has arrived of a blob. Each reader has a channel of its own: an interrupt closes the channel
 * that is in use.
 */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final FileChannel writing;

    private Spool(Path file, FileChannel writing) {
        this.file = file;
        this.writing = writing;
    }

    /** @param size how many bytes are expected: more than fit are refused before any of them comes */
    static Spool create(Optional<Path> directory, long size) throws IOException {
        Path file = directory.isPresent()
                ? Files.createTempFile(directory.get(), "berth-mirror-", ".part")
                : Files.createTempFile("berth-mirror-", ".part");
        try {
            long room = file.toFile().getUsableSpace();
            // 0 also where that is not known.
            if (room > 0 && size > room) {
                throw new IOException("it has " + size + " bytes, and there is room for " + room);
            }
            return new Spool(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Writes bytes at a position. */
    void write(byte[] bytes, int offset, int length, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        long at = position;
        while (buffer.hasRemaining()) {
            at += writing.write(buffer, at);
        }
    }

    /** Reads again what was written; for the thread that writes. */
    int read(byte[] target, int offset, int length, long position) throws IOException {
        return writing.read(ByteBuffer.wrap(target, offset, length), position);
    }

    FileChannel openForReading() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    Digest digest(Digest expected) throws IOException {
        MessageDigest hash = expected.algorithm().newMessageDigest();
        try (InputStream content = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        }
        return Digest.finish(expected.algorithm(), hash);
    }

    /** Closes the file for writing, and deletes it. */
    void delete() {
        try {
            writing.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("A temporary file of a mirror stays: {}", file, e);
        }
    }
}
