/**
 * Shows the metrics of a registry in Micrometer.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.micrometer.ServerMeters} records the requests of a server as Micrometer's own
 *       instrumentations do: {@code http.server.requests}.
 *   <li>{@link dev.berth.registry.micrometer.MetricsBinder} shows everything in a
 *       {@link dev.berth.registry.metrics.Metrics} by its name.
 * </ul>
 */
@NullMarked
package dev.berth.registry.micrometer;

import org.jspecify.annotations.NullMarked;
