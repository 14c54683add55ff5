package dev.berth.registry.internal.hash;

import dev.berth.registry.BlobDamagedException;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole blob on its way out of the store. It is hashed while it is read, and the read that would return the last byte
 * fails with {@link BlobDamagedException} if the bytes do not have the digest. So no reader gets a damaged blob to its
 * end. The rest of a blob of which bytes were skipped is not verified.
 */
public final class VerifiedStream extends BulkInputStream {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream content;
    private final Digest expected;
    private final Runnable onVerified;
    private final Consumer<BlobDamagedException> onDamage;
    private final MessageDigest hash;
    private long remaining;
    private boolean whole = true;
    private @Nullable BlobDamagedException damage;

    /**
     * Creates the stream.
     *
     * @param size how many bytes the content has, at least one
     * @param onVerified is called, once, by the thread that reads, when all bytes were read and have the digest
     * @param onDamage is told of damage, once, by the thread that reads
     */
    public VerifiedStream(
            InputStream content,
            long size,
            Digest expected,
            Runnable onVerified,
            Consumer<BlobDamagedException> onDamage) {
        this.content = content;
        this.remaining = size;
        this.expected = expected;
        this.onVerified = onVerified;
        this.onDamage = onDamage;
        this.hash = expected.algorithm().newMessageDigest();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (damage != null) {
            throw damage;
        }
        int read = content.read(target, offset, length);
        if (whole && remaining > 0) {
            if (read > 0) {
                hash.update(target, offset, read);
                remaining -= read;
            }
            if (read < 0 || remaining <= 0) {
                verify();
            }
        }
        return read;
    }

    private void verify() throws BlobDamagedException {
        remaining = 0;
        Digest actual = Digest.finish(expected.algorithm(), hash);
        if (!actual.equals(expected)) {
            damage = new BlobDamagedException(expected, actual);
            onDamage.accept(damage);
            throw damage;
        }
        onVerified.run();
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER_BYTES, remaining))];
        long transferred = 0;
        for (int read = read(buffer, 0, buffer.length); read >= 0; read = read(buffer, 0, buffer.length)) {
            output.write(buffer, 0, read);
            transferred += read;
        }
        return transferred;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = content.skip(count);
        whole &= skipped <= 0;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return content.available();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
