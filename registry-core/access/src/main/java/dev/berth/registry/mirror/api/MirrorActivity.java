package dev.berth.registry.mirror.api;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.mirror.MirrorListener;
import dev.berth.registry.mirror.StaleAnswer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a mirror has done since it was started, for {@link MirrorApi}: a listener of the mirror. Thread-safe.
 *
 * @since 0.1
 */
public final class MirrorActivity implements MirrorListener {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder downloaded = new LongAdder();
    private final AtomicReference<Optional<StaleAnswer>> lastStale = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<RateLimit>> limit = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<UpstreamContact>> contact = new AtomicReference<>(Optional.empty());

    /** Creates an object for one mirror, which has done nothing. */
    public MirrorActivity() {
        // Nothing to set.
    }

    @Override
    public void requested(RepositoryName repository, Kind kind, boolean here) {
        (here ? hits : misses).increment();
    }

    @Override
    public void stale(StaleAnswer answer) {
        stale.increment();
        lastStale.set(Optional.of(answer));
    }

    @Override
    public void refused(RepositoryName repository) {
        refused.increment();
    }

    @Override
    public void downloaded(RepositoryName repository, Kind kind, Digest digest, long bytes) {
        downloaded.add(bytes);
    }

    @Override
    public void failed(RepositoryName repository, Digest digest, RegistryException failure) {
        failed.increment();
    }

    @Override
    public void evicted(RepositoryName repository, Digest image, long bytes) {
        evicted.increment();
    }

    @Override
    public void rateLimit(RateLimit newLimit) {
        limit.set(Optional.of(newLimit));
    }

    @Override
    public void answered(Instant when) {
        contact.updateAndGet(before -> Optional.of(UpstreamContact.answered(before, when)));
    }

    @Override
    public void unanswered(Instant when, StaleAnswer.Reason reason, String message) {
        contact.updateAndGet(before -> Optional.of(UpstreamContact.unanswered(before, when, reason, message)));
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }

    long stale() {
        return stale.sum();
    }

    long refused() {
        return refused.sum();
    }

    long failed() {
        return failed.sum();
    }

    long evicted() {
        return evicted.sum();
    }

    long downloaded() {
        return downloaded.sum();
    }

    Optional<StaleAnswer> lastStale() {
        return lastStale.get();
    }

    Optional<UpstreamContact> contact() {
        return contact.get();
    }

    Optional<RateLimit> limit() {
        return limit.get();
    }
}
