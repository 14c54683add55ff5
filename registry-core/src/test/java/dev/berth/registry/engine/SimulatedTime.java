package dev.berth.registry.engine;

import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Registries whose time is that of a simulation. */
public final class SimulatedTime {
    private static final long CACHE = 64 * 1024;

    private SimulatedTime() {}

    /** Returns a registry. */
    public static StorageRegistry registry(
            ObjectStore store, InstantSource clock, LongSupplier nanoTime, Consumer<Duration> sleep) {
        return StorageRegistry.over(
                store,
                StorageOptions.builder()
                        .clock(clock)
                        .nanoTime(nanoTime)
                        .pause(sleep::accept)
                        .manifestCacheBytes(CACHE)
                        .undelete(Duration.ZERO)
                        .build());
    }
}
