package dev.berth.registry.host;

import dev.berth.registry.Registry;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.compose.WithoutDeletion;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.rules.Immutable;
import dev.berth.registry.rules.Retention;
import dev.berth.registry.rules.RetentionAudit;
import dev.berth.registry.rules.RuleContext;
import dev.berth.registry.rules.TagRule;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Puts a registry together: the one place that knows the order of the layers. */
final class HostAssembly {
    private static final String RETENTION = "berth retention";
    private static final String REPLICATION = "berth replication";

    private final HostedRegistryBuilder settings;
    private final InstantSource clock;
    private final HostMetrics metrics;
    private final HostEvents events;
    private final Background background;
    private final StorageRegistry engine;
    private final HostParts parts;
    private final PullStatistics pulls;
    private final RuleContext context;

    /** What is counted without limits. */
    private final ChangedContent changed = new ChangedContent();

    /** They are told of changes, and made after the registry that tells of them. */
    private final List<Replication> replications = new CopyOnWriteArrayList<>();

    HostAssembly(HostedRegistryBuilder settings) {
        this.settings = settings;
        this.clock = settings.clockOrSystem();
        this.metrics = new HostMetrics(settings.metrics);
        this.events = new HostEvents(sinks(), settings.process, Optional.ofNullable(settings.clock));
        this.background = new Background(new HostThreads(settings.scheduler), metrics, clock, settings.fatalErrors);
        this.engine = StorageRegistry.over(settings.store, settings.engine);
        this.parts = new HostParts(settings.store, engine, settings.readOnly, events, background);
        this.pulls = PullStatistics.over(settings.store, settings.pullOptions);
        this.context = RuleContext.of(engine).withPulls(pulls::lastPulls).withClock(clock);
    }

    private List<EventSink> sinks() {
        List<EventSink> sinks = new ArrayList<>();
        if (settings.webhooks != null && !settings.readOnly) {
            sinks.add(settings.webhooks);
        }
        sinks.addAll(settings.sinks);
        if (settings.counted().filter(options -> options.limits().isEmpty()).isPresent()) {
            sinks.add(changed);
        }
        if (!settings.replications.isEmpty() && !settings.readOnly) {
            sinks.add(events -> replications.forEach(told -> told.publish(events)));
        }
        return sinks;
    }

    HostedRegistry build() {
        try {
            metrics.count(engine);
            Registry behind = stacked(settings.storage, engine);
            Optional<QuotaWork> quotas = quotas(behind);
            HostedLayers layers = layers(behind, quotas.map(QuotaWork::quotas));
            addWork(layers, quotas);
            HostedMaintenance maintenance = new HostedMaintenance(settings, parts.scrub(), background);
            parts.onClose(maintenance.dryRun());
            return new HostedRegistry(layers, parts, maintenance, metrics, events, settings);
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    private Registry stacked(List<HostLayer> added, Registry inner) {
        Registry registry = inner;
        for (int i = added.size() - 1; i >= 0; i--) {
            registry = Objects.requireNonNull(added.get(i).over(registry, parts), "A layer must return a registry");
        }
        return registry;
    }

    private Optional<QuotaWork> quotas(Registry behind) {
        return settings.counted()
                .map(options -> new QuotaWork(Quotas.over(settings.store, behind, options), changed, background));
    }

    private HostedLayers layers(Registry behind, Optional<Quotas> quotas) {
        Registry limited = quotas.filter(Quotas::limiting).map(Quotas::registry).orElse(behind);
        Registry locked = settings.rules.rules().isEmpty() ? limited : Immutable.of(limited, settings.rules, context);
        // A mirror writes what it brings.
        Registry mirrored = settings.readOnly ? locked : stacked(settings.mirrors, locked);
        Registry gated = stacked(settings.admission, mirrored);
        if (settings.readOnly) {
            Registry readOnly = ReadOnly.of(gated);
            return new HostedLayers(locked, mirrored, readOnly, readOnly, quotas, pulls);
        }
        Registry admitted = settings.pulls == null ? gated : pulls.counting(gated);
        Registry forClients = settings.withoutDeletion ? WithoutDeletion.of(admitted) : admitted;
        return new HostedLayers(locked, mirrored, admitted, forClients, quotas, pulls);
    }

    private void addWork(HostedLayers layers, Optional<QuotaWork> quotas) {
        if (!settings.readOnly) {
            // After all others, which tell it what they have removed.
            quotas.ifPresent(parts::endedLast);
            if (settings.auditStore != null) {
                parts.endedLast(new AuditWork(settings.auditStore, background));
            }
            if (settings.webhooks != null) {
                parts.background(new WebhookWork(settings.webhooks, background));
            }
        }
        parts.background(new Upkeep(engine, settings.upkeep, settings.readOnly, background));
        if (!settings.readOnly) {
            addSchedules(layers, quotas);
        }
        settings.additions.forEach(addition -> addition.accept(parts));
    }

    private void addSchedules(HostedLayers layers, Optional<QuotaWork> quotas) {
        if (!parts.mirrors().isEmpty()) {
            parts.background(new MirrorWork(parts.mirrors(), background));
        }
        if (settings.pulls != null) {
            parts.background(new PullWork(pulls, settings.pulls, background));
        }
        if (settings.scrub != null) {
            List<ScrubListener> told = new ArrayList<>();
            quotas.map(QuotaWork::scrubListener).ifPresent(told::add);
            told.add(events.scrubListener());
            told.add(ScrubListener.auditing(settings.audited(), AuditOrigin.ofProcess("berth scrub"), clock));
            ScrubWork work = ScrubWork.of(settings.store, settings.scrub, told, background);
            parts.scrub(work.scrub());
            parts.background(work);
        }
        if (settings.collection != null) {
            List<CollectionListener> told = new ArrayList<>();
            quotas.map(QuotaWork::collectionListener).ifPresent(told::add);
            told.add(CollectionListener.auditing(settings.audited(), AuditOrigin.ofProcess("berth collection"), clock));
            parts.background(CollectionWork.of(settings.store, settings.collection, told, background));
        }
        if (settings.rules.rules().stream().anyMatch(rule -> rule.effect() == TagRule.Effect.DELETE)) {
            parts.background(retention(events.toldBy(layers.mirrored(), RETENTION)));
        }
        addReplication(layers.locked());
    }

    private void addReplication(Registry locked) {
        Registry pushed = PushedHere.of(
                locked,
                parts.mirrors().stream()
                        .flatMap(mirror -> mirror.prefix().stream())
                        .toList());
        Registry local = events.toldBy(pushed, REPLICATION);
        for (Function<? super Registry, Replication> made : settings.replications) {
            Replication replication = made.apply(local);
            parts.background(new ReplicationWork(replication, background));
            replications.add(replication);
        }
    }

    private RetentionWork retention(Registry deletions) {
        Retention retention = Retention.of(engine, settings.rules, context, settings.retention.options())
                .deletingThrough(deletions);
        RetentionAudit told = RetentionAudit.of(settings.audited(), AuditOrigin.ofProcess(RETENTION), clock);
        return new RetentionWork(retention, settings.retention.interval(), told, background);
    }
}
