package com.example.app;

import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A registry in a directory, served on a free port until it is closed. */
final class Hosting implements AutoCloseable {
    private final FileObjectStore store;
    private final StorageRegistry registry;
    private final RegistryServer server;

    Hosting(Path directory) throws IOException {
        store = FileObjectStore.open(directory);
        registry = StorageRegistry.over(store);
        server = RegistryServer.builder(registry).build().start();
    }

    URI uri() {
        return server.uri();
    }

    @Override
    public void close() throws IOException {
        server.close();
        registry.close();
        store.close();
    }
}
