package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.mirror.replication.ReplicationListener;
import dev.berth.registry.mirror.replication.ReplicationRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is counted of a replication. */
class ReplicationMetricsTest {
    private final Metrics metrics = new Metrics();
    private final ReplicationMetrics counted = ReplicationMetrics.of(metrics);
    private final Registry here = StorageRegistry.over(MemoryObjectStore.create());
    private final Registry there = StorageRegistry.over(MemoryObjectStore.create());
    private final SampleImages images = new SampleImages(1);

    private void push(Registry registry, String tag) {
        images.image(registry.repository("team/app"), List.of(100), Tag.parse(tag));
    }

    private List<String> run(Replication replication) {
        replication.run();
        counted.show(replication.status());
        return metrics.toText().lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void tagsDifferencesAndFailuresAreShown() {
        push(here, "same");
        push(here, "gone");
        push(here, "other");
        push(there, "other");
        try (Replication replication = Replication.builder(here, MemoryObjectStore.create())
                .rule(ReplicationRule.builder("west").deletions(true).build(), there)
                .listener(counted.listener(ReplicationListener.none()))
                .build()) {
            assertThat(run(replication))
                    .contains(
                            "registry_replication_tags_total{action=\"carried\",rule=\"west\"} 2",
                            "registry_replication_comparisons_total{outcome=\"success\",rule=\"west\"} 1",
                            "registry_replication_differences{kind=\"conflict\",rule=\"west\"} 1",
                            "registry_replication_differences{kind=\"target_changed\",rule=\"west\"} 0",
                            "registry_replication_pending{rule=\"west\"} 0",
                            "registry_replication_failing{rule=\"west\"} 0",
                            "registry_replication_up{rule=\"west\"} 1");
            here.repository("team/app").tags().delete(Tag.parse("gone"));
            assertThat(run(replication))
                    .contains("registry_replication_tags_total{action=\"deleted\",rule=\"west\"} 1");
            there.close();
            // Several tags are looked at together: one or both have failed when the first failure ends the comparison.
            assertThat(run(replication))
                    .contains("registry_replication_up{rule=\"west\"} 0")
                    .anyMatch(line -> line.matches(".*tags_total\\{action=\"failed\",rule=\"west\"} [12]"))
                    .anyMatch(line -> line.matches(".*_failing\\{rule=\"west\"} [12]"))
                    .anyMatch(line -> line.matches(".*_pending\\{rule=\"west\"} [12]"));
        }
    }
}
