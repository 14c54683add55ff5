package dev.berth.registry.copy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;

/**
 * A layer that was compressed on its way, in a temporary file: its digest is known at the end only, and the target may have
 * it, or want it again. The file is gone when this is closed, or the process ends. For one thread.
 */
final class CompressedLayer implements BlobSource, AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final FileChannel file;
    private final Digest digest;
    private final long size;

    private CompressedLayer(FileChannel file, Digest digest, long size) {
        this.file = file;
        this.digest = digest;
        this.size = size;
    }

    /**
     * Compresses a layer.
     *
     * @throws IOException if it cannot be read or written, or its content is not what its digest says
     */
    static CompressedLayer of(SourceBlob layer, Digest expected) throws IOException {
        Path path = Files.createTempFile("berth-layer-", ".gz");
        FileChannel file;
        try {
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        try {
            Digest digest = compress(layer, expected, file);
            return new CompressedLayer(file, digest, file.size());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Digest compress(SourceBlob layer, Digest expected, FileChannel file) throws IOException {
        MessageDigest plain = expected.algorithm().newMessageDigest();
        MessageDigest packed = expected.algorithm().newMessageDigest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = layer.open();
                OutputStream gzip = new GZIPOutputStream(
                        new DigestOutputStream(new KeptOpen(Channels.newOutputStream(file)), packed), BUFFER)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                plain.update(buffer, 0, read);
                gzip.write(buffer, 0, read);
            }
        }
        Digest actual = Digest.finish(expected.algorithm(), plain);
        if (!actual.equals(expected)) {
            throw new IOException("its content has the digest " + actual);
        }
        return Digest.finish(expected.algorithm(), packed);
    }

    Digest digest() {
        return digest;
    }

    long length() {
        return size;
    }

    @Override
    public InputStream open() {
        return new Content();
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean reopenable() {
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Lets the compressor be closed, and its memory be freed, while the file is needed. */
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream output) {
            super(output);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** The compressed bytes, from the beginning. */
    private final class Content extends BulkInputStream {
        private long position;

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            if (length == 0) {
                return 0;
            }
            if (position == size) {
                return -1;
            }
            int read = file.read(ByteBuffer.wrap(buffer, offset, length), position);
            if (read < 0) {
                throw new EOFException("The temporary file was cut");
            }
            position += read;
            return read;
        }
    }
}
