package dev.berth.registry.layout;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A temporary file with the tar that a gzipped archive holds: it is read in many places at a time, and gzip from its
 * beginning only.
 */
final class UnpackedArchive {
    private static final int BUFFER = 256 * 1024;

    /** Images are compressed to a tenth, or a fiftieth if there is hardly anything in them; zeros to a thousandth. */
    private static final long SUSPICIOUS_RATIO = 200;

    private static final long NEVER_SUSPICIOUS = 1024L * 1024 * 1024;

    private final Path archive;
    private final ArchiveOptions options;
    private final long most;

    private UnpackedArchive(Path archive, ArchiveOptions options) throws IOException {
        this.archive = archive;
        this.options = options;
        this.most = Math.min(
                options.maxUnpackedBytes(), Math.max(NEVER_SUSPICIOUS, Files.size(archive) * SUSPICIOUS_RATIO));
    }

    /**
     * Unpacks an archive into a new file, which the caller deletes.
     *
     * @throws MalformedLayoutException if it is damaged, no tar, or too large
     */
    static Path of(Path archive, ArchiveOptions options) throws IOException {
        return new UnpackedArchive(archive, options).unpack();
    }

    private Path unpack() throws IOException {
        Path file = Files.createTempFile(options.temporaryDirectory(), "berth-archive-", ".tar");
        // For a process that ends before it closes the archive.
        file.toFile().deleteOnExit();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                InputStream packed = Files.newInputStream(archive)) {
            copy(packed, channel);
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void copy(InputStream packed, FileChannel target) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream content = new GZIPInputStream(packed, BUFFER)) {
            int read = content.readNBytes(buffer, 0, TarHeader.BLOCK);
            if (read == TarHeader.BLOCK) {
                // What is no tar is not unpacked to its end.
                TarHeader.parse(buffer, 0);
            }
            while (read > 0) {
                requireUninterrupted();
                size += read;
                if (size > most) {
                    throw tooLarge();
                }
                write(ByteBuffer.wrap(buffer, 0, read), target);
                read = content.read(buffer);
            }
        } catch (ZipException e) {
            throw new MalformedLayoutException("it is damaged: its gzip is not valid (" + e.getMessage() + ")", e);
        } catch (EOFException e) {
            throw new MalformedLayoutException("it is cut off: its gzip has no end", e);
        }
    }

    private void write(ByteBuffer content, FileChannel target) throws IOException {
        while (content.hasRemaining()) {
            try {
                target.write(content);
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("No space left")) {
                    throw e;
                }
                throw RegistryException.of(
                        ErrorCode.INSUFFICIENT_STORAGE,
                        "There is no space left in " + options.temporaryDirectory() + " to unpack " + archive
                                + "; free some, or name another directory with -Djava.io.tmpdir",
                        e);
            }
        }
    }

    private void requireUninterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "Unpacking " + archive + " was interrupted");
        }
    }

    private MalformedLayoutException tooLarge() {
        return new MalformedLayoutException("unpacked it is larger than " + most + " bytes"
                + (most < options.maxUnpackedBytes() ? ", which is suspicious for a file of its size" : "")
                + "; if you trust it, uncompress it first, with gunzip");
    }
}
