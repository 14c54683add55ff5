package dev.berth.examples.standalone.configuration.mirror;

import dev.berth.registry.mirror.replication.ReplicationRule;
import java.time.Duration;

/**
 * A rule of replication, with another registry.
 *
 * @param rule what is carried over
 * @param other the other registry: the target of a rule that pushes, the source of one that pulls
 * @param interval the time between two comparisons
 */
public record ReplicationSettings(ReplicationRule rule, UpstreamSettings other, Duration interval) {}
