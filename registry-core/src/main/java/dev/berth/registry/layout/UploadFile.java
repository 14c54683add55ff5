package dev.berth.registry.layout;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.OptionalLong;

/**
 * The file that a blob is written into before it has its name, and the digest of what is in it. One thread at a time.
 */
final class UploadFile {
    private static final int BUFFER = 64 * 1024;

    private final Path path;
    private DigestAlgorithm algorithm;
    private MessageDigest hash;
    /** How many bytes of the file the hash covers; as many as there are, unless something failed. */
    private long hashed;

    UploadFile(Path path, DigestAlgorithm algorithm) {
        this.path = path;
        this.algorithm = algorithm;
        this.hash = algorithm.newMessageDigest();
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    long size() throws IOException {
        return Files.size(path);
    }

    void create() throws IOException {
        Files.createFile(path);
    }

    /** Appends what the source has. When reading it fails, what came until then stays. */
    void append(BlobSource content) throws IOException {
        catchUp();
        try (InputStream source = open(content);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.position(hashed);
            byte[] buffer = new byte[BUFFER];
            long count = 0;
            for (int read = read(source, buffer); read >= 0; read = read(source, buffer)) {
                count += read;
                requireAnnounced(content.size(), count, false);
                ByteBuffer left = ByteBuffer.wrap(buffer, 0, read);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                hash.update(buffer, 0, read);
                hashed += read;
            }
            requireAnnounced(content.size(), count, true);
        }
    }

    private static InputStream open(BlobSource content) throws IOException {
        try {
            return content.open();
        } catch (IOException e) {
            throw new SourceReadException(e);
        }
    }

    private static int read(InputStream source, byte[] buffer) throws IOException {
        try {
            return source.read(buffer);
        } catch (IOException e) {
            throw new SourceReadException(e);
        }
    }

    private static void requireAnnounced(OptionalLong announced, long count, boolean atEnd) {
        if (announced.isPresent() && (atEnd ? count < announced.getAsLong() : count > announced.getAsLong())) {
            throw RegistryException.of(
                    ErrorCode.SIZE_INVALID,
                    "The content is " + (atEnd ? "only " + count : "more than " + announced.getAsLong())
                            + " bytes long, and " + announced.getAsLong() + " were announced");
        }
    }

    /** Returns the digest of what is in the file. */
    Digest digest(DigestAlgorithm wanted) throws IOException {
        if (algorithm != wanted) {
            algorithm = wanted;
            reset();
        }
        catchUp();
        return Digest.finish(algorithm, copyOf(hash));
    }

    /** Hashes what this object has not written itself, or all of it if more was hashed than is there. */
    private void catchUp() throws IOException {
        long size = size();
        if (hashed > size) {
            reset();
        }
        if (hashed == size) {
            return;
        }
        try (InputStream rest = new FilePart(path, 0, size).open(hashed, size - hashed)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
                hash.update(buffer, 0, read);
                hashed += read;
            }
        }
    }

    private void reset() {
        hash = algorithm.newMessageDigest();
        hashed = 0;
    }

    private static MessageDigest copyOf(MessageDigest running) {
        try {
            return (MessageDigest) running.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("A message digest of this JVM cannot be cloned", e);
        }
    }

    /** Puts the content on disk, so that the file can be renamed. */
    void synchronise() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
