package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.cache.WeighedCache;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of data whose bytes it has hashed: the size, which a digest has for ever, so that data of another
 * size is damaged, and that shows without reading it; and which version of the stored data had the digest, and when.
 * Thread-safe.
 */
final class KnownContent {
    private static final long MOST_BYTES = 4 * 1024 * 1024;

    /** What an entry takes, beside the hexadecimal digits of its digest. */
    private static final int ENTRY_BYTES = 280;

    private final WeighedCache<Digest, Known> known =
            new WeighedCache<>(Math.min(MOST_BYTES, MemoryBudget.shareOfHeap(64)));
    private final LongSupplier nanoTime;

    /** @param nanoTime measures the age of what is known */
    KnownContent(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * What is known.
     *
     * @param version the version of the stored data that was hashed, or null if none was read
     * @param since when it was hashed
     */
    private record Known(long size, @Nullable ObjectVersion version, long since) {}

    /** Remembers the size of content that was hashed on its way in. */
    void remember(Digest digest, long size) {
        put(digest, new Known(size, null, nanoTime.getAsLong()));
    }

    /** Remembers that stored data was read as a whole, and has its digest. */
    void rememberVerified(Digest digest, ObjectStat stat) {
        put(digest, new Known(stat.size(), stat.version(), nanoTime.getAsLong()));
    }

    private void put(Digest digest, Known entry) {
        known.put(digest, entry, ENTRY_BYTES + digest.hex().length());
    }

    Optional<Long> size(Digest digest) {
        Known entry = known.get(digest);
        return entry == null ? Optional.empty() : Optional.of(entry.size);
    }

    /** Returns whether stored data of this version was read as a whole within this time, and had its digest. */
    boolean isVerified(Digest digest, ObjectStat stat, Duration age) {
        Known entry = known.get(digest);
        return entry != null
                && stat.version().equals(entry.version)
                && nanoTime.getAsLong() - entry.since < age.toNanos();
    }
}
