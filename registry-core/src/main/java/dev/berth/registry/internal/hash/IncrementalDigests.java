package dev.berth.registry.internal.hash;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the uploads that this process has appended to, so that the next append does not have to read back the
 * stored bytes. A cache: the least recently used hashes are dropped. Thread-safe.
 */
public final class IncrementalDigests {
    private static final int CAPACITY = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, IncrementalDigest> digests = new RecentlyUsed<>(CAPACITY);

    /** Removes and returns the hash of exactly these bytes: only the caller has it then. */
    public Optional<IncrementalDigest> take(String upload, DigestAlgorithm algorithm, long offset) {
        return Optional.ofNullable(remove(upload))
                .filter(hash -> hash.algorithm() == algorithm && hash.offset() == offset);
    }

    /** Keeps the hash for the next append. */
    public void keep(String upload, IncrementalDigest hash) {
        lock.lock();
        try {
            digests.put(upload, hash);
        } finally {
            lock.unlock();
        }
    }

    /** Drops the hash of an upload that has ended. */
    public void forget(String upload) {
        remove(upload);
    }

    private @Nullable IncrementalDigest remove(String upload) {
        lock.lock();
        try {
            return digests.remove(upload);
        } finally {
            lock.unlock();
        }
    }
}
