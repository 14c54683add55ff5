package dev.berth.examples.embedded;

import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/** The smallest program that hosts a registry. */
final class Hosting {
    private Hosting() {}

    /** Hosts a registry in memory on a free port of the loopback address, until its user returns. */
    static void host(Consumer<URI> user) throws IOException {
        try (var store = MemoryObjectStore.create();
                var registry = StorageRegistry.over(store);
                var server = RegistryServer.builder(registry).build().start()) {
            user.accept(server.uri());
        }
    }
}
