package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.RuleSettings;
import dev.berth.registry.Registry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.rules.Immutable;
import dev.berth.registry.rules.Retention;
import dev.berth.registry.rules.RetentionOptions;
import dev.berth.registry.rules.RetentionReport;
import dev.berth.registry.rules.RuleContext;
import dev.berth.registry.rules.TagRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules for tags in a server: locks in front of the registry, and retention in the background. */
record ScheduledRetention(RuleSettings rules, StorageRegistry storage, RuleContext context) {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledRetention.class);

    static ScheduledRetention of(RuleSettings rules, StorageRegistry storage) {
        return new ScheduledRetention(rules, storage, RuleContext.of(storage));
    }

    /** Returns a view of a registry over the storage in which what is locked stays as it is. */
    Registry locking(Registry registry) {
        return Immutable.of(registry, rules.tags(), context);
    }

    /** Returns whether any rule deletes something. */
    boolean deletes() {
        return rules.tags().rules().stream().anyMatch(rule -> rule.effect() == TagRule.Effect.DELETE);
    }

    /** Deletes what the rules say, and logs it. */
    void run(Registry deletions) {
        RetentionReport report = Retention.of(
                        storage,
                        rules.tags(),
                        context,
                        RetentionOptions.builder()
                                .untaggedGrace(rules.untaggedGrace())
                                .build())
                .deletingThrough(deletions)
                .run(Retention.Mode.DELETE, step -> LOG.debug("Retention: {}", step));
        LOG.info("Retention is done: {}", report);
    }
}
