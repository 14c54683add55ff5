package dev.berth.examples.embedded;

import dev.berth.registry.console.HostedConsole;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/** A registry with pages at the root of its server, which also answers {@code docker search}. */
public final class RegistryWithPages {
    private RegistryWithPages() {}

    /** Serves what a store has until a user has done with it. */
    public static void serve(ObjectStore store, Consumer<URI> user) throws IOException {
        HostedRegistryBuilder registry = HostedRegistry.builder(store);
        HostedConsole console = HostedConsole.addTo(registry);
        try (HostedRegistry hosted = registry.build();
                RegistryServer server =
                        console.mount(hosted.server(), hosted).build().start()) {
            hosted.start();
            user.accept(server.uri());
            hosted.end();
        }
    }
}
