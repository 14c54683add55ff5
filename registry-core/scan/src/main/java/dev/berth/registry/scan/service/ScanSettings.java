package dev.berth.registry.scan.service;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.pace.RetrySchedule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What the parts of a service have in common; see the builder of {@link ScanService}.
 *
 * @param node a name that no other node has
 */
record ScanSettings(
        String node,
        Predicate<RepositoryName> repositories,
        int parallelism,
        int tries,
        Duration timeLimit,
        Duration interval,
        Duration upkeep,
        Duration maxAge,
        Duration lease,
        RetrySchedule retries,
        ScanListener listener,
        Executor executor,
        InstantSource clock,
        LongSupplier nanoTime) {}
