package dev.berth.registry.host;

import dev.berth.registry.Registry;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.store.AuditStore;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.pulls.PullOptions;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.Webhooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link HostedRegistry}. Without any call, it is the engine with its defaults and its upkeep. Not thread-safe.
 *
 * @since 0.1
 */
public final class HostedRegistryBuilder {
    /** Deletions that a crash interrupted must not wait longer, and their journal must not grow long. */
    private static final Duration LONGEST_UPKEEP = Duration.ofMinutes(2);

    final ObjectStore store;
    final List<HostLayer> admission = new ArrayList<>();
    final List<HostLayer> mirrors = new ArrayList<>();
    final List<HostLayer> storage = new ArrayList<>();
    final List<Function<? super Registry, Replication>> replications = new ArrayList<>();
    final List<Consumer<HostContext>> additions = new ArrayList<>();
    final List<EventSink> sinks = new ArrayList<>();
    StorageOptions engine = StorageOptions.defaults();
    Duration upkeep = LONGEST_UPKEEP;
    boolean readOnly;
    boolean withoutDeletion;
    TagRules rules = TagRules.none();
    RetentionSchedule retention = RetentionSchedule.defaults();
    PullOptions pullOptions = PullOptions.defaults();
    EventContext process = EventContext.none();
    AuditListener audit = AuditListener.none();
    Consumer<? super Error> fatalErrors = error -> {};

    @Nullable QuotaOptions quotas;

    boolean countingStorage;

    @Nullable AuditStore auditStore;

    @Nullable Duration pulls;

    @Nullable CollectionSchedule collection;

    @Nullable ScrubSchedule scrub;

    @Nullable Webhooks webhooks;

    @Nullable Metrics metrics;

    @Nullable InstantSource clock;

    @Nullable ScheduledExecutorService scheduler;

    HostedRegistryBuilder(ObjectStore store) {
        this.store = store;
    }

    InstantSource clockOrSystem() {
        return clock == null ? InstantSource.system() : clock;
    }

    /** Returns who is told of deletions and refusals. */
    AuditListener audited() {
        return auditStore == null || readOnly ? audit : AuditListener.allOf(List.of(audit, auditStore));
    }

    /** Returns what is limited and counted, if anything is. */
    Optional<QuotaOptions> counted() {
        if (readOnly || quotas == null && !countingStorage) {
            return Optional.empty();
        }
        QuotaOptions limits = quotas == null ? QuotaOptions.builder().build() : quotas;
        return Optional.of(countingStorage ? limits.toBuilder().countAll().build() : limits);
    }

    /** Sets the options of the engine. */
    public HostedRegistryBuilder engine(StorageOptions options) {
        this.engine = Objects.requireNonNull(options, "options");
        return this;
    }

    /**
     * Sets how often abandoned uploads, interrupted deletions and what can no longer be restored are looked for: every two
     * minutes by default, and at least.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public HostedRegistryBuilder upkeep(Duration interval) {
        this.upkeep = Times.shorter(Times.requirePositive(interval, "interval of the upkeep"), LONGEST_UPKEEP);
        return this;
    }

    /**
     * Makes the registry read-only: nobody can change it, and nothing writes to the store. There are no quotas then, no
     * numbers of pulls are counted, and nothing is done in the background but to build a missing index. Webhooks are neither
     * started nor told.
     */
    public HostedRegistryBuilder readOnly() {
        this.readOnly = true;
        return this;
    }

    /** Lets clients delete nothing. The code of this process and rules for tags still do. */
    public HostedRegistryBuilder withoutDeletion() {
        this.withoutDeletion = true;
        return this;
    }

    /**
     * Sets rules for tags: those that lock hold for everybody, and those that delete are carried out by a schedule. Default:
     * no rules.
     */
    public HostedRegistryBuilder rules(TagRules newRules) {
        this.rules = Objects.requireNonNull(newRules, "rules");
        return this;
    }

    /** Sets when and how rules delete. Nothing runs if none of them does. Default: {@link RetentionSchedule#defaults}. */
    public HostedRegistryBuilder retention(RetentionSchedule schedule) {
        this.retention = Objects.requireNonNull(schedule, "schedule");
        return this;
    }

    /** Sets limits on what repositories use. Without any limit in them there are no quotas, which is the default. */
    public HostedRegistryBuilder quotas(QuotaOptions options) {
        this.quotas = options.limits().isEmpty() ? null : options;
        return this;
    }

    /**
     * Counts what every repository uses: {@link dev.berth.registry.quota.Quotas#total} and
     * {@link dev.berth.registry.quota.Quotas#repositories} of {@link HostedRegistry#quotas}. Where there are no limits no
     * request takes part in it: what events tell is counted some seconds later, and everything once a week. What a crash
     * keeps from being counted is counted then. By default nothing is counted that has no limit.
     */
    public HostedRegistryBuilder countStorage() {
        this.countingStorage = true;
        return this;
    }

    /**
     * Counts pulls. By default they are not; what other processes over the store count is known all the same.
     *
     * @param interval the time from one write of the numbers to the next; a crash loses what was counted since the last
     * @throws IllegalArgumentException if it is not positive
     */
    public HostedRegistryBuilder countPulls(Duration interval) {
        this.pulls = Times.requirePositive(interval, "interval of numbers of pulls");
        return this;
    }

    /** Sets the options of the numbers of pulls. */
    public HostedRegistryBuilder pulls(PullOptions options) {
        this.pullOptions = Objects.requireNonNull(options, "options");
        return this;
    }

    /** Removes what nobody needs. By default nothing does: the store grows. */
    public HostedRegistryBuilder collection(CollectionSchedule schedule) {
        this.collection = Objects.requireNonNull(schedule, "schedule");
        return this;
    }

    /** Looks for damage. By default nothing does. */
    public HostedRegistryBuilder scrub(ScrubSchedule schedule) {
        this.scrub = Objects.requireNonNull(schedule, "schedule");
        return this;
    }

    /**
     * Adds a gate in front of mirrors, rules and quotas, which judges also what a mirror has brought. It is inside of those that
     * were added before. What it refuses is an event of the audit, and is neither published nor counted.
     */
    public HostedRegistryBuilder admission(HostLayer layer) {
        admission.add(Objects.requireNonNull(layer, "layer"));
        return this;
    }

    /**
     * Adds a mirror, or a router with several, between admission and rules. It is inside of those that were added before.
     * Rules and quotas hold for what it passes on, and have no say in what it brings: that is not pushed, and has a budget of
     * its own. A read-only registry has no mirrors, and serves what they have brought before.
     */
    public HostedRegistryBuilder mirrors(HostLayer layer) {
        mirrors.add(Objects.requireNonNull(layer, "layer"));
        return this;
    }

    /**
     * Adds a layer between quotas and engine, for which rules and quotas hold: a registry that takes part in what is stored here.
     * It is inside of those that were added before.
     */
    public HostedRegistryBuilder storage(HostLayer layer) {
        storage.add(Objects.requireNonNull(layer, "layer"));
        return this;
    }

    /**
     * Carries images over from or to other registries, unless this one is read-only. Replication is told what happens after all
     * sinks, is started and closed with the registry, and shown in {@link #metrics}.
     *
     * @param make makes a replication, which nobody has started, when the registry is built. It is given what was pushed here:
     *     the registry without mirrors, and without what these have brought. Rules and quotas hold for it, and what is
     *     done through it is published as that of {@code berth replication}
     */
    public HostedRegistryBuilder replication(Function<? super Registry, Replication> make) {
        replications.add(Objects.requireNonNull(make, "make"));
        return this;
    }

    /** Adds work that is started and ended with the registry, also one that is read-only. */
    public HostedRegistryBuilder background(BackgroundWork work) {
        Objects.requireNonNull(work, "work");
        additions.add(host -> host.background(work));
        return this;
    }

    /**
     * Repeats work, as {@link HostContext#repeat} does.
     *
     * @throws IllegalArgumentException if the interval is not positive
     */
    public HostedRegistryBuilder repeat(String name, Duration interval, Runnable work) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(work, "work");
        Times.requirePositive(interval, "interval of the work '" + name + "'");
        additions.add(host -> host.repeat(name, interval, work));
        return this;
    }

    /** Sets what all events have in common: {@link EventContext#instance()}. */
    public HostedRegistryBuilder process(EventContext context) {
        this.process = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Publishes what happens, by whoever it is done: clients, the code of this process, rules, a scrub. The sink is told after
     * those that were added before, and is closed by its owner after the registry.
     */
    public HostedRegistryBuilder events(EventSink sink) {
        sinks.add(Objects.requireNonNull(sink, "sink"));
        return this;
    }

    /**
     * Publishes what happens to webhooks, before other sinks, and starts to deliver with the registry.
     *
     * @param newWebhooks were not started; they are closed by their owner after the registry
     */
    public HostedRegistryBuilder webhooks(Webhooks newWebhooks) {
        this.webhooks = Objects.requireNonNull(newWebhooks, "webhooks");
        return this;
    }

    /** Sets what is told of deletions and refusals, whoever they are by. Default: nothing. */
    public HostedRegistryBuilder audit(AuditListener listener) {
        this.audit = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Keeps in the store what {@link #audit} is told, so that it can be read again. It is written every two seconds, and once
     * more at the end; a crash loses what was told since. A read-only registry keeps nothing.
     *
     * @param store is told, written and kept within its bounds by this registry, and by no other one of this process
     */
    public HostedRegistryBuilder auditStore(AuditStore store) {
        this.auditStore = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Counts requests, work in the background, and what the engine keeps in memory. By default nothing is counted. The store
     * is not counted: {@link dev.berth.registry.metrics.StorageMetrics} wraps it.
     */
    public HostedRegistryBuilder metrics(Metrics newMetrics) {
        this.metrics = Objects.requireNonNull(newMetrics, "metrics");
        return this;
    }

    /**
     * Sets the clock of rules, schedules, events and servers. The options of engine, collection, scrub and pulls have clocks of
     * their own.
     */
    public HostedRegistryBuilder clock(InstantSource newClock) {
        this.clock = Objects.requireNonNull(newClock, "clock");
        return this;
    }

    /**
     * Sets what runs the work in the background. A run may take hours, or days: it needs a thread for each kind of work, or
     * threads that cost nothing. It is not shut down. Default: each kind of work has a thread of its own, a daemon.
     */
    public HostedRegistryBuilder scheduler(ScheduledExecutorService newScheduler) {
        this.scheduler = Objects.requireNonNull(newScheduler, "scheduler");
        return this;
    }

    /**
     * Sets what is told of each {@link Error} that a request or the work in the background runs into, such as a lack of memory,
     * by the thread that had it. Default: nothing; it is logged.
     */
    public HostedRegistryBuilder onFatalError(Consumer<? super Error> listener) {
        this.fatalErrors = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Returns the registry, of which nothing is started yet.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the store cannot
     *     be read
     * @throws RuntimeException what a layer throws that cannot be made
     */
    public HostedRegistry build() {
        return new HostAssembly(this).build();
    }
}
