package dev.berth.registry.internal.store;

import dev.berth.registry.DigestAlgorithm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the uploads that this process has appended to, so that the next append does not have to read back the
 * stored bytes. A cache: the least recently used hashes are dropped. Thread-safe.
 */
public final class IncrementalDigests {
    private static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    // Not Guava's cache: loading its classes would take a third of the time that the first registry of a JVM needs.
    private final Map<String, IncrementalDigest> hashes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, IncrementalDigest> eldest) {
            return size() > MOST;
        }
    };

    /** Removes and returns the hash of exactly these bytes: only the caller has it then. */
    public Optional<IncrementalDigest> take(String upload, DigestAlgorithm algorithm, long offset) {
        return Optional.ofNullable(remove(upload))
                .filter(hash -> hash.algorithm() == algorithm && hash.offset() == offset);
    }

    /** Keeps the hash for the next append. */
    public void keep(String upload, IncrementalDigest hash) {
        lock.lock();
        try {
            hashes.put(upload, hash);
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
            return hashes.remove(upload);
        } finally {
            lock.unlock();
        }
    }
}
