package dev.berth.registry.maintenance;

import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.internal.json.JsonLine;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collection that only says what it would do, in the background: over a large store that takes long. Of all processes over a
 * store one at a time makes one. How far it is, and what the last one has found, is in the store, so that every process can tell.
 *
 * <p>Thread-safe; starts no threads. Closing leaves the store open.
 *
 * @since 0.1
 */
public final class CollectionDryRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CollectionDryRun.class);

    /** Whoever says nothing for longer counts as dead. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final long BETWEEN_BEATS = Duration.ofSeconds(5).toNanos();
    private static final String WHAT = "plan a collection";

    private final CollectionOptions options;
    private final CollectionRuns runs;
    private final Collector collector;
    private final StoreLease lease;
    private final AtomicBoolean running = new AtomicBoolean();
    private final ReentrantLock beating = new ReentrantLock();
    private volatile Progress present = new Progress(CollectionScope.CHANGED, Instant.EPOCH, "", 0);
    private long lastBeat;

    private CollectionDryRun(ObjectStore store, CollectionOptions options) {
        this.options = options;
        this.runs = CollectionRuns.of(store);
        this.collector = Collector.over(
                store,
                options.toBuilder()
                        .listener(new CollectionListener() {
                            @Override
                            public void progress(String step, long done) {
                                beat(step, done);
                            }
                        })
                        .build());
        this.lease = new StoreLease(
                store,
                Keys.COLLECTIONS.key("dry-run-in-progress"),
                UUID.randomUUID().toString(),
                LEASE,
                options.clock,
                options.nanoTime);
    }

    /**
     * How far a dry run is.
     *
     * @param scope what it looks at
     * @param begun when it began
     * @param step what it is doing, in a few words; empty at its beginning
     * @param done how many digests, or repositories, of this step it has done
     * @since 0.1
     */
    public record Progress(CollectionScope scope, Instant begun, String step, long done) {
        /** Checks that nothing is missing. */
        public Progress {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(begun, "begun");
            Objects.requireNonNull(step, "step");
        }

        private String text() {
            return new JsonLine(160)
                    .text("scope", scope.name())
                    .text("begun", begun.toString())
                    .text("step", step)
                    .number("done", done)
                    .end();
        }

        private static Optional<Progress> parse(String text) {
            try {
                JsonObject object = JsonObject.root(StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)));
                return Optional.of(new Progress(
                        CollectionScope.valueOf(object.requireString("scope")),
                        Instant.parse(object.requireString("begun")),
                        object.string("step").orElse(""),
                        object.requireInteger("done")));
            } catch (MalformedJsonException | DateTimeParseException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Returns dry runs over a store. Does no I/O.
     *
     * @param options those of the collections of the store; their listener is not told
     */
    public static CollectionDryRun over(ObjectStore store, CollectionOptions options) {
        return new CollectionDryRun(Objects.requireNonNull(store, "store"), Objects.requireNonNull(options, "options"));
    }

    /**
     * Begins one, unless one is in progress.
     *
     * @param executor makes it
     * @return whether it was begun
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails
     */
    public boolean begin(CollectionScope scope, Executor executor) {
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        boolean begun = false;
        try {
            Progress first = new Progress(scope, options.clock.instant(), "", 0);
            begun = StoreCalls.call(WHAT, () -> lease.acquire(first.text()));
            if (begun) {
                present = first;
                executor.execute(() -> run(first));
            }
            return begun;
        } catch (RejectedExecutionException e) {
            begun = false;
            release();
            return false;
        } finally {
            if (!begun) {
                running.set(false);
            }
        }
    }

    private void run(Progress first) {
        try {
            CollectionReport report = collector.plan(first.scope());
            keep(CollectionRun.done(first.begun(), options.clock.instant(), report));
        } catch (RegistryException e) {
            LOG.warn("The dry run of a collection was not completed: {}", e.getMessage());
            keep(CollectionRun.failed(first.begun(), options.clock.instant(), String.valueOf(e.getMessage())));
        } finally {
            release();
            running.set(false);
        }
    }

    private void keep(CollectionRun run) {
        try {
            runs.recordDryRun(run);
        } catch (IOException e) {
            LOG.warn("The result of the dry run of a collection could not be kept: {}", e.getMessage());
            LOG.debug("The result of the dry run of a collection could not be kept", e);
        }
    }

    private void release() {
        try {
            lease.release("");
        } catch (IOException e) {
            LOG.debug("It could not be noted that the dry run of a collection has ended", e);
        }
    }

    /** A dry run whose storage fails ends by itself. */
    private void beat(String step, long done) {
        long now = options.nanoTime.getAsLong();
        if (!beating.tryLock()) {
            return;
        }
        try {
            Progress before = present;
            present = new Progress(before.scope(), before.begun(), step, done);
            if (now - lastBeat >= BETWEEN_BEATS) {
                lastBeat = now;
                boolean unused = lease.renew(present.text());
            }
        } catch (IOException e) {
            LOG.debug("It could not be noted how far the dry run of a collection is", e);
        } finally {
            beating.unlock();
        }
    }

    /**
     * Returns how far the one is that is in progress, in whichever process; empty if none is.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails
     */
    public Optional<Progress> progress() {
        if (running.get()) {
            return Optional.of(present);
        }
        return StoreCalls.call(WHAT, () -> lease.look() ? Progress.parse(lease.text()) : Optional.empty());
    }

    /**
     * Returns the last one that has ended, one that has failed included; empty if there was none.
     *
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails
     */
    public Optional<CollectionRun> last() {
        return runs.lastDryRun();
    }

    /** Ends the one that is in progress here, soon, and refuses others. Does not wait for it. */
    @Override
    public void close() {
        collector.close();
    }
}
