package dev.berth.registry.engine;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.berth.registry.DigestAlgorithm;
import java.util.Optional;

/**
 * The running hashes of the uploads that this process has appended to, so that the next append need not read back what
 * is stored. The least recently used ones are forgotten; nothing but speed depends on them.
 */
final class RunningHashes {
    private static final int MOST = 10_000;

    private final Cache<String, RunningHash> hashes =
            CacheBuilder.newBuilder().maximumSize(MOST).build();

    /** Takes out the hash of exactly these bytes: nobody else can use it meanwhile. */
    Optional<RunningHash> take(String upload, DigestAlgorithm algorithm, long offset) {
        return Optional.ofNullable(hashes.asMap().remove(upload))
                .filter(hash -> hash.algorithm() == algorithm && hash.offset() == offset);
    }

    void keep(String upload, RunningHash hash) {
        hashes.put(upload, hash);
    }

    void forget(String upload) {
        hashes.invalidate(upload);
    }
}
