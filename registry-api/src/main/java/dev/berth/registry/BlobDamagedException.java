package dev.berth.registry;

import java.io.IOException;
import java.util.Objects;

/**
 * What was read of a blob is not the blob: its bytes do not have its digest, so they were changed in the storage. Thrown
 * by the stream of {@link BlobContent} in the place of the last bytes, by a registry that hashes what it reads.
 *
 * @since 0.1
 */
public final class BlobDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Digest expected;
    private final Digest actual;

    /** Creates the exception with the digest that was asked for and that of the bytes. */
    public BlobDamagedException(Digest expected, Digest actual) {
        super("The blob " + expected + " is damaged in the storage: its bytes have the digest " + actual);
        this.expected = Objects.requireNonNull(expected, "expected");
        this.actual = Objects.requireNonNull(actual, "actual");
    }

    /** Returns the digest of the blob that was asked for. */
    public Digest expected() {
        return expected;
    }

    /** Returns the digest that the stored bytes have. */
    public Digest actual() {
        return actual;
    }
}
