package dev.berth.registry.mirror.replication;

import dev.berth.registry.Registry;
import dev.berth.registry.copy.CopierOptions;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.internal.pace.Loop;
import dev.berth.registry.internal.pace.RetrySchedule;
import dev.berth.registry.internal.thread.DaemonThreads;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries images over between a local registry and others, as rules say.
 *
 * <pre>{@code
 * Replication replication = Replication.builder(registry, store)
 *         .rule(ReplicationRule.builder("west").deletions(true).build(), RemoteRegistry.at("west.example"))
 *         .build();
 * Registry observed = Observed.of(registry, context, replication);
 * replication.start();
 * }</pre>
 *
 * <p><b>What it promises.</b> What a rule selects and the source has, the target has in the end, with the same tags. What is
 * published to it is carried over at once. Everything else, because a side was away, a node crashed, or too much
 * happened, is found by a comparison: at the start of each node, and in each interval. The first one fills the target up.
 *
 * <p><b>Three ways.</b> For each tag the store has what both sides had when they last agreed. From that and what both have
 * now follows who has changed it. A change of the source is carried over; one of the target is left to a rule in the other
 * direction, and reported until then; changes of both are a conflict, which is reported or decided as the rule says. So
 * rules that form a ring come to rest: where both sides have the same, nothing is done.
 *
 * <p><b>Never more than that.</b> A tag of the target is changed only if it still is what it was when that was decided, where
 * the target keeps {@linkplain dev.berth.registry.TagCondition conditions}, as Berth does. Otherwise it is looked up right
 * before. Manifests are never deleted, and images without a tag are not carried over.
 *
 * <p><b>Failures</b> of one image do not hold up others. They are tried again, after a time that doubles. A registry that does
 * not answer, or limits requests, is left alone for such a time, or for as long as it says.
 *
 * <p>Any number of nodes can be over one store, with the same rules. Each carries over what it is told of; one at a time
 * compares.
 *
 * <p>To let changes go on through several registries, the local registry that is given here publishes what is written to it:
 * give the observed one. Thread-safe. Registries and store are not closed.
 *
 * @since 0.1
 */
public final class Replication implements EventSink, RegistryListener {
    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Map<String, RuleRun> runs;
    private final List<Loop> loops = new ArrayList<>();
    private final @Nullable ExecutorService ownThreads;
    private boolean started;
    private volatile boolean closed;

    private Replication(Builder builder) {
        Executor executor;
        if (builder.executor != null) {
            executor = builder.executor;
            this.ownThreads = null;
        } else {
            this.ownThreads = Executors.newCachedThreadPool(DaemonThreads.numbered("berth-replication-"));
            executor = ownThreads;
        }
        ReplicationSettings settings = builder.settings(executor);
        ImageCopier copier =
                ImageCopier.create(CopierOptions.builder().executor(executor).build());
        Map<String, RuleRun> built = new LinkedHashMap<>();
        builder.rules.forEach((name, connected) -> built.put(name, connected.run(builder.local, copier, settings)));
        this.runs = built;
    }

    /**
     * Begins without rules.
     *
     * @param local one side of all rules
     * @param store keeps what both sides have had; it may be that of the local registry
     */
    public static Builder builder(Registry local, ObjectStore store) {
        return new Builder(local, store);
    }

    /**
     * Begins comparing and carrying over, in threads of its own. Once only.
     *
     * @throws IllegalStateException if it was started or closed
     */
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException("A replication can be started once");
        }
        started = true;
        runs.forEach((name, run) -> {
            Loop comparing = new Loop(
                    "berth-replication-" + name + "-compare",
                    LOG,
                    () -> run.turns().step());
            Loop carrying = new Loop("berth-replication-" + name, LOG, run::start);
            run.onWork(() -> {
                carrying.wake();
                if (run.hasOverflown()) {
                    comparing.wake();
                }
            });
            loops.add(comparing);
            loops.add(carrying);
        });
        loops.forEach(Loop::start);
    }

    /** Takes changes of the local registry, for all rules of which it is the source. Quick, does no I/O, and never fails. */
    @Override
    public void publish(List<RegistryEvent> events) {
        events.forEach(this::onEvent);
    }

    /** Takes a change of the local registry, as {@link #publish} does. */
    @Override
    public void onEvent(RegistryEvent event) {
        for (RuleRun run : runs.values()) {
            if (run.rule().direction() == ReplicationRule.Direction.PUSH) {
                run.changed(event);
            }
        }
    }

    /**
     * Returns who takes the changes of the source of a rule, which may be the other registry: then they are carried over
     * at once, and not with the next comparison only.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public RegistryListener changesOf(String rule) {
        RuleRun run = runs.get(rule);
        if (run == null) {
            throw new IllegalArgumentException("There is no replication rule " + rule);
        }
        return run::changed;
    }

    /**
     * Compares everything now, in this thread, and carries over what differs and what waits. Returns when that is done, or the
     * other registry of a rule is left alone; the status says which, and what has failed.
     *
     * @throws IllegalStateException if it was closed
     */
    public void run() {
        if (closed) {
            throw new IllegalStateException("The replication was closed");
        }
        for (RuleRun run : runs.values()) {
            run.turns().now();
            run.carryAll();
        }
    }

    /** Does all that can be done now, in this thread; for tests. */
    void step() {
        for (RuleRun run : runs.values()) {
            Duration unused = run.turns().step();
            run.turns().keep();
            run.carryAll();
        }
    }

    /** Returns how the rules go, in the order in which they were added. Does no I/O. */
    public List<ReplicationStatus> status() {
        return runs.values().stream().map(RuleRun::status).toList();
    }

    /**
     * Ends what is in progress, and waits for that, for some seconds at most. What is not carried over is found by the
     * comparison of the next start, or by another node. Idempotent.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        runs.values().forEach(RuleRun::stop);
        try {
            if (ownThreads != null) {
                ownThreads.shutdownNow();
            }
            boolean ended = true;
            for (Loop loop : loops) {
                ended &= loop.close(CLOSING);
            }
            for (RuleRun run : runs.values()) {
                ended &= run.awaitEnd(CLOSING);
            }
            if (!ended) {
                LOG.warn("A replication has not ended in time; it ends after what it is doing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runs.values().forEach(run -> run.turns().close());
    }

    /** Prints the rules. */
    @Override
    public String toString() {
        return "Replication" + runs.values().stream().map(RuleRun::rule).toList();
    }

    /** A rule with the other registry. */
    private record Connected(ReplicationRule rule, Registry other) {
        RuleRun run(Registry local, ImageCopier copier, ReplicationSettings settings) {
            boolean push = rule.direction() == ReplicationRule.Direction.PUSH;
            return new RuleRun(rule, push ? local : other, push ? other : local, copier, settings);
        }
    }

    /**
     * Builds a replication. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final Registry local;
        private final ObjectStore store;
        private final Map<String, Connected> rules = new LinkedHashMap<>();
        private Duration interval = Duration.ofMinutes(15);
        private int parallelism = 4;
        private int capacity = 10_000;
        private Duration firstBackoff = Duration.ofSeconds(1);
        private Duration longestBackoff = Duration.ofMinutes(5);
        private Duration settle = Duration.ofSeconds(30);
        private Duration lease = Duration.ofSeconds(30);
        private ReplicationListener listener = ReplicationListener.none();
        private @Nullable Executor executor;
        private InstantSource clock = InstantSource.system();
        private LongSupplier nanoTime = System::nanoTime;
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder(Registry local, ObjectStore store) {
            this.local = Objects.requireNonNull(local, "local");
            this.store = Objects.requireNonNull(store, "store");
        }

        /**
         * Adds a rule.
         *
         * @param other the registry on the other side of it
         * @throws IllegalArgumentException if there is a rule of this name, or the other registry is the local one and the names
         *     are not changed
         */
        public Builder rule(ReplicationRule rule, Registry other) {
            if (rules.containsKey(rule.name())) {
                throw new IllegalArgumentException("There are two replication rules with the name " + rule.name());
            }
            if (rule.keepsNames() && other.identity().equals(local.identity())) {
                throw new IllegalArgumentException(
                        "The replication rule " + rule.name() + " would carry the registry over to itself");
            }
            rules.put(rule.name(), new Connected(rule, Objects.requireNonNull(other, "other")));
            return this;
        }

        /**
         * Sets how long after a comparison the next one begins; 15 minutes by default. It also is for how long a change may
         * be overlooked that nobody has told of.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder interval(Duration newInterval) {
            this.interval = positive(newInterval);
            return this;
        }

        /**
         * Sets how many tags of a rule are carried over at the same time because of changes, and how many by a comparison; 4 by
         * default.
         *
         * @throws IllegalArgumentException if it is not between 1 and 256
         */
        public Builder parallelism(int tags) {
            if (tags < 1 || tags > 256) {
                throw new IllegalArgumentException("The parallelism must be 1 to 256, not " + tags);
            }
            this.parallelism = tags;
            return this;
        }

        /**
         * Sets how many changes of a rule wait in memory at most; 10,000 by default. If there are more, a comparison begins.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder capacity(int changes) {
            if (changes < 1) {
                throw new IllegalArgumentException("The capacity must be at least 1: " + changes);
            }
            this.capacity = changes;
            return this;
        }

        /**
         * Sets how long the waits after failures are: after the first failure {@code first} on average, each time twice as
         * long, at most {@code longest} on average. A wait is a random number up to twice the average. 1 second and 5
         * minutes by default.
         *
         * @throws IllegalArgumentException if one is not positive
         */
        public Builder backoff(Duration first, Duration longest) {
            this.firstBackoff = positive(first);
            this.longestBackoff = positive(longest);
            return this;
        }

        /**
         * Sets how long a conflict must have stayed the same before it is decided, where a rule decides it; 30 seconds by
         * default. Where two registries replicate each other, a change that has come from here may look like one until
         * the next change has been carried over too.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder settle(Duration newSettle) {
            if (newSettle.isNegative()) {
                throw new IllegalArgumentException("A time cannot be negative: " + newSettle);
            }
            this.settle = newSettle;
            return this;
        }

        /**
         * Sets after which time without a sign of life another node may compare; 30 seconds by default. A node that
         * compares writes a small object three times in it.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder lease(Duration newLease) {
            this.lease = positive(newLease);
            return this;
        }

        /** Sets who is told what happens; nobody by default. */
        public Builder listener(ReplicationListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /**
         * Sets what runs copies: each takes a thread for as long as it lasts. By default there are threads that end when they
         * are idle. Its creator closes it, after the replication. Each rule has two threads of its own in any case.
         */
        public Builder executor(Executor newExecutor) {
            this.executor = Objects.requireNonNull(newExecutor, "newExecutor");
            return this;
        }

        /** Sets the clock; that of the system by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Sets what measures leases, in nanoseconds; {@link System#nanoTime} by default. */
        public Builder nanoTime(LongSupplier newNanoTime) {
            this.nanoTime = Objects.requireNonNull(newNanoTime, "newNanoTime");
            return this;
        }

        /** Sets the random numbers of waits, from 0 to below 1. Must be thread-safe. */
        public Builder random(DoubleSupplier newRandom) {
            this.random = Objects.requireNonNull(newRandom, "newRandom");
            return this;
        }

        private static Duration positive(Duration duration) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException("The duration must be positive: " + duration);
            }
            return duration;
        }

        private ReplicationSettings settings(Executor running) {
            String node = String.format(
                    Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong());
            return new ReplicationSettings(
                    store,
                    node,
                    interval,
                    parallelism,
                    capacity,
                    new RetrySchedule(firstBackoff, longestBackoff, random),
                    settle,
                    lease,
                    listener,
                    running,
                    clock,
                    nanoTime);
        }

        /** Returns the replication, which does nothing before {@link Replication#start} or {@link Replication#run}. */
        public Replication build() {
            return new Replication(this);
        }
    }
}
