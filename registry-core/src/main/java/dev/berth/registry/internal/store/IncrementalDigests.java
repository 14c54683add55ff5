package dev.berth.registry.internal.store;

import dev.berth.registry.DigestAlgorithm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The running hashes of the uploads that this process has appended to, so that the next append need not read back what
 * is stored. The least recently used ones are forgotten; nothing but speed depends on them.
 */
public final class IncrementalDigests {
    private static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    // Not Guava's cache: its classes would be a third of what the first registry of a JVM waits for.
    private final Map<String, IncrementalDigest> hashes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, IncrementalDigest> eldest) {
            return size() > MOST;
        }
    };

    /** Takes out the hash of exactly these bytes: nobody else can use it meanwhile. */
    public Optional<IncrementalDigest> take(String upload, DigestAlgorithm algorithm, long offset) {
        return Optional.ofNullable(remove(upload))
                .filter(hash -> hash.algorithm() == algorithm && hash.offset() == offset);
    }

    public void keep(String upload, IncrementalDigest hash) {
        lock.lock();
        try {
            hashes.put(upload, hash);
        } finally {
            lock.unlock();
        }
    }

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
