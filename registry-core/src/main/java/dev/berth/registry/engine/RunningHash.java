package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.security.MessageDigest;

/**
 * The hash of the first bytes of an upload, ready to take more. For one thread at a time.
 *
 * @param offset how many bytes it has taken
 */
record RunningHash(DigestAlgorithm algorithm, MessageDigest hash, long offset) {

    static RunningHash start(DigestAlgorithm algorithm) {
        return new RunningHash(algorithm, algorithm.newMessageDigest(), 0);
    }

    RunningHash at(long newOffset) {
        return new RunningHash(algorithm, hash, newOffset);
    }

    /** Returns the digest of the bytes so far; more can be added afterwards. */
    Digest soFar() {
        try {
            return Digest.finish(algorithm, (MessageDigest) hash.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JVM's " + hash.getAlgorithm() + " cannot be cloned", e);
        }
    }
}
