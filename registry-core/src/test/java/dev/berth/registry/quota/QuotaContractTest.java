package dev.berth.registry.quota;

import dev.berth.registry.Registry;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** The contract of registries, kept with quotas that have room. */
class QuotaContractTest extends RegistryContract {
    private static final QuotaLimit LARGE =
            new QuotaLimit(NamePattern.all(), OptionalLong.of(1L << 40), OptionalLong.of(1 << 20));

    private static final Node NODE = new Node(MemoryObjectStore.create(), new AtomicLong(), LARGE);

    @Override
    protected Registry registry() {
        return NODE.registry;
    }
}
