package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.security.MessageDigest;

/**
 * The hash of the first bytes of an upload, ready to take more. For one thread at a time.
 *
 * @param offset how many bytes it has taken
 */
public record IncrementalDigest(DigestAlgorithm algorithm, MessageDigest hash, long offset) {

    public static IncrementalDigest start(DigestAlgorithm algorithm) {
        return new IncrementalDigest(algorithm, algorithm.newMessageDigest(), 0);
    }

    public IncrementalDigest at(long newOffset) {
        return new IncrementalDigest(algorithm, hash, newOffset);
    }

    /** Returns the digest of the bytes so far; more can be added afterwards. */
    public Digest soFar() {
        try {
            return Digest.finish(algorithm, (MessageDigest) hash.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JVM's " + hash.getAlgorithm() + " cannot be cloned", e);
        }
    }
}
