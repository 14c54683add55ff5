package dev.berth.registry.mirror.replication;

import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.internal.store.StoreCalls;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When this node compares: first when it starts, since it may have missed changes, and then when no node has for the
 * interval. One node at a time does, as a lease says; that two do is harmless.
 */
final class ComparisonTurns {
    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);

    private final RuleRun run;
    private final AgreedTags agreed;
    private final TagSync sync;
    private final RuleReport report;
    private final Pause pause;
    private final ReplicationSettings settings;
    private final Workers workers;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final StoreLease lease;
    private final ReentrantLock lock = new ReentrantLock();

    private Instant next = Instant.MIN;
    /** Whether it is enough that another node has compared. */
    private boolean othersCount;

    private volatile @Nullable Comparison current;
    private volatile Optional<ReplicationStatus.Comparison> last = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();
    private volatile long renewAt;

    ComparisonTurns(
            RuleRun run,
            AgreedTags agreed,
            TagSync sync,
            RuleReport report,
            Pause pause,
            ReplicationSettings settings) {
        this.run = run;
        this.agreed = agreed;
        this.sync = sync;
        this.report = report;
        this.pause = pause;
        this.settings = settings;
        this.workers = new Workers(settings.executor(), settings.parallelism());
        this.clock = settings.clock();
        this.nanoTime = settings.nanoTime();
        this.lease = new StoreLease(
                settings.store(),
                AgreedTags.lease(run.rule().name()),
                settings.node(),
                settings.lease(),
                clock,
                nanoTime);
    }

    /** Compares if it is time, and returns after which time to ask again. */
    Duration step() {
        lock.lock();
        try {
            Optional<Instant> paused = pause.end();
            if (paused.isPresent()) {
                return until(paused.get());
            }
            if (current == null) {
                Optional<Duration> wait = begin();
                if (wait.isPresent()) {
                    return wait.get();
                }
            }
            goOn();
            return pause.end().map(this::until).orElseGet(() -> current == null ? until(next) : Duration.ZERO);
        } finally {
            lock.unlock();
        }
    }

    /** Compares now, in this thread, also if another node does; until it has ended, or there is a pause. */
    void now() {
        lock.lock();
        try {
            if (current == null) {
                boolean unused = acquire();
                current = newComparison();
            }
            goOn();
        } catch (RegistryException e) {
            // The store does not answer.
            failed(e);
        } finally {
            lock.unlock();
        }
    }

    private Duration until(Instant then) {
        Duration wait = Duration.between(clock.instant(), then);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Begins a comparison if it is time, or returns for how long it is not. */
    private Optional<Duration> begin() {
        if (run.takeOverflow()) {
            next = Instant.MIN;
            othersCount = false;
        }
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return Optional.of(until(next));
        }
        try {
            boolean taken = StoreCalls.call("look who compares", lease::look);
            if (othersCount && !taken) {
                Instant theirs = ended(lease.text()).plus(settings.interval());
                if (now.isBefore(theirs)) {
                    next = theirs;
                    return Optional.of(until(next));
                }
            }
            if (taken || !acquire()) {
                return Optional.of(settings.lease().dividedBy(3));
            }
        } catch (RegistryException e) {
            failed(e);
            return Optional.of(pause.end().map(this::until).orElse(Duration.ZERO));
        }
        current = newComparison();
        return Optional.empty();
    }

    private Comparison newComparison() {
        problem = Optional.empty();
        return new Comparison(run, agreed, sync, report, workers, clock.instant());
    }

    private boolean acquire() {
        renewAt = nanoTime.getAsLong() + settings.lease().dividedBy(3).toNanos();
        return StoreCalls.call("begin to compare", () -> lease.acquire(lease.text()));
    }

    private void goOn() {
        Comparison comparison = current;
        if (comparison == null) {
            return;
        }
        try {
            if (!comparison.goOn()) {
                return;
            }
            ended(comparison);
        } catch (RegistryException e) {
            failed(e);
            if (!Pause.isOfAll(e)) {
                // Such as: the source has no catalogue. The next turn may find it otherwise.
                ended(comparison);
                problem = Optional.of(RuleRun.reason(e));
            }
        }
    }

    private void ended(Comparison comparison) {
        Instant now = clock.instant();
        ReplicationStatus.Comparison result = comparison.result(now);
        current = null;
        last = Optional.of(result);
        problem = comparison.problem();
        problem.ifPresent(text -> LOG.warn("The replication {}: {}", run.rule().name(), text));
        next = now.plus(settings.interval());
        othersCount = true;
        release(now.toString());
        report.compared(result);
    }

    private void failed(RegistryException e) {
        problem = Optional.of(RuleRun.reason(e));
        if (Pause.isOfAll(e)) {
            pause.begin(e);
        }
        LOG.debug("The comparison of the replication {} failed", run.rule().name(), e);
    }

    private static Instant ended(String text) {
        try {
            return text.isEmpty() ? Instant.MIN.plus(Duration.ofDays(1)) : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** Renews the lease if it is time. */
    void keep() {
        long now = nanoTime.getAsLong();
        if (current == null || now - renewAt < 0) {
            return;
        }
        renewAt = now + settings.lease().dividedBy(3).toNanos();
        try {
            // If another node has it, both compare, which is harmless.
            boolean unused = lease.renew(lease.text());
        } catch (IOException e) {
            LOG.debug(
                    "The lease of the replication {} was not renewed",
                    run.rule().name(),
                    e);
        }
    }

    private void release(String text) {
        try {
            lease.release(text);
        } catch (IOException e) {
            LOG.debug(
                    "The lease of the replication {} was not given back",
                    run.rule().name(),
                    e);
        }
    }

    Optional<ReplicationStatus.Comparison> last() {
        return last;
    }

    Optional<ReplicationStatus.Progress> progress() {
        Comparison comparison = current;
        return comparison == null ? Optional.empty() : Optional.of(comparison.progress());
    }

    Optional<String> problem() {
        return problem;
    }

    /** Gives the lease back, if this node has it. After the threads have ended. */
    void close() {
        release(lease.text());
    }
}
