package dev.berth.registry.mirror.replication;

import dev.berth.registry.internal.pace.RetrySchedule;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What all rules of a node have in common.
 *
 * @param node names this node to the others
 * @param executor runs what is done at the same time
 */
record ReplicationSettings(
        ObjectStore store,
        String node,
        Duration interval,
        int parallelism,
        int capacity,
        RetrySchedule retries,
        Duration settle,
        Duration lease,
        ReplicationListener listener,
        Executor executor,
        InstantSource clock,
        LongSupplier nanoTime) {}
