/**
 * What a registry counts, and whether it is well.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.metrics.Metrics} holds counters, gauges and histograms, and shows them in Prometheus' text
 *       format. An application may add its own.
 *   <li>They are fed by {@link dev.berth.registry.metrics.ServerMetrics} (requests and connections),
 *       {@link dev.berth.registry.metrics.StorageMetrics} (calls of the store, the cache of manifests),
 *       {@link dev.berth.registry.metrics.MaintenanceMetrics} (collection, scrub, rules for tags, quotas),
 *       {@link dev.berth.registry.metrics.NotificationMetrics} (webhooks) and
 *       {@link dev.berth.registry.metrics.ProcessMetrics} (the process and its JVM). The parts that are counted know nothing
 *       of it: each is a listener of theirs, or wraps one.
 *   <li>{@link dev.berth.registry.metrics.Health} makes {@link dev.berth.registry.metrics.HealthCheck}s in threads of their
 *       own.
 *   <li>{@link dev.berth.registry.metrics.DebugServer} shows both at an address of their own, and
 *       {@link dev.berth.registry.metrics.DebugHandlers} at any server.
 * </ul>
 *
 * <p>Names are those of {@code registry:2} where it has them. {@code registry-core/docs/metrics.md} lists all.
 */
@NullMarked
package dev.berth.registry.metrics;

import org.jspecify.annotations.NullMarked;
