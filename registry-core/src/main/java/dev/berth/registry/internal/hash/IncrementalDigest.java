package dev.berth.registry.internal.hash;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.security.MessageDigest;

/**
 * The hash of the first bytes of an upload, to which more can be added. For one thread at a time.
 *
 * @param algorithm the algorithm of the hash
 * @param hash the state of the hash
 * @param offset the number of bytes that are in it
 */
public record IncrementalDigest(DigestAlgorithm algorithm, MessageDigest hash, long offset) {

    /** Returns the hash of no bytes. */
    public static IncrementalDigest start(DigestAlgorithm algorithm) {
        return new IncrementalDigest(algorithm, algorithm.newMessageDigest(), 0);
    }

    /** Returns the same hash, to which bytes up to this offset have been added. */
    public IncrementalDigest at(long newOffset) {
        return new IncrementalDigest(algorithm, hash, newOffset);
    }

    /** Returns the digest of the bytes so far. More can be added afterwards. */
    public Digest soFar() {
        try {
            return Digest.finish(algorithm, (MessageDigest) hash.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JVM's " + hash.getAlgorithm() + " cannot be cloned", e);
        }
    }
}
