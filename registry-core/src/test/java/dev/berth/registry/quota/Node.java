package dev.berth.registry.quota;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A node that serves a registry with quotas, over a store that may be shared, and may die. */
final class Node {
    static final Duration LEASE = Duration.ofMinutes(2);

    final MortalStore store;
    final Quotas quotas;
    final Registry registry;

    Node(ObjectStore shared, AtomicLong nanos, QuotaLimit... limits) {
        this.store = new MortalStore(shared);
        this.quotas = Quotas.over(
                store,
                StorageRegistry.over(store),
                QuotaOptions.builder()
                        .limits(List.of(limits))
                        .lease(LEASE)
                        .nanoTime(nanos::get)
                        .build());
        this.registry = quotas.registry();
    }
}
