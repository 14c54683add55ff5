package dev.berth.examples.embedded;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Hosts a registry in this process, pushes an image to it from Java, and pulls that over HTTP. */
public final class Embedded {
    private Embedded() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        RegistryListener listener = System.out::println;
        var events = Executors.newSingleThreadExecutor();
        try (var store = MemoryObjectStore.create();
                var hosted = StorageRegistry.over(store);
                var registry = Observed.of(hosted, "embedded", listener, events);
                var server = RegistryServer.builder(registry).build().start()) {
            push(registry.repository("team/app"));
            try (var remote = RemoteRegistry.at(server.uri().getAuthority())) {
                var pulled = remote.repository("team/app").manifests().get(Tag.parse("1.0"));
                String text = new String(pulled.bytes(), StandardCharsets.UTF_8);
                System.out.println("pulled " + pulled.digest() + " " + text);
            }
        } finally {
            events.shutdown();
        }
    }

    private static void push(Repository app) {
        String layer = push(app, MediaTypes.OCI_LAYER_TAR, new byte[1024]); // an empty tar
        String config = push(app, MediaTypes.OCI_CONFIG, bytes("{\"os\":\"linux\",\"architecture\":\"amd64\"}"));
        String manifest = "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + layer + "]}";
        app.manifests().put(Manifest.of(MediaTypes.OCI_MANIFEST, bytes(manifest)), Tag.parse("1.0"), Tag.LATEST);
    }

    private static String push(Repository app, String mediaType, byte[] content) {
        var blob = app.blobs().push(Digest.sha256(content), BlobSource.of(content));
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(mediaType, blob.digest(), blob.size());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
