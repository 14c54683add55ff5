package dev.berth.examples.benchmarks.load;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Large blobs that differ in their last bytes only: all but these is hashed once, so that making another one costs the
 * client nothing while the server works as for any other.
 */
final class LargeBlobs {
    private static final int TAIL = Long.BYTES * 2;

    private final byte[] shared;
    private final MessageDigest hashed = Blob.sha256();
    private final long run = RandomGenerator.getDefault().nextLong();
    private final AtomicLong next = new AtomicLong();

    LargeBlobs(int size) {
        shared = new byte[size - TAIL];
        RandomGenerator.getDefault().nextBytes(shared);
        hashed.update(shared);
    }

    Blob next() {
        byte[] tail = ByteBuffer.allocate(TAIL)
                .putLong(run)
                .putLong(next.getAndIncrement())
                .array();
        try {
            MessageDigest sha256 = (MessageDigest) hashed.clone();
            return new Blob(Blob.name(sha256.digest(tail)), shared, tail);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
