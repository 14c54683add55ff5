package dev.berth.registry.image;

import dev.berth.registry.ImageLocation;
import dev.berth.registry.Reference;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.CredentialFiles;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registries that references name, open for one push. For one thread. */
final class NamedRegistries implements AutoCloseable {
    private final @Nullable RemoteOptions options;
    private final Map<String, RemoteRegistry> open = new HashMap<>();

    /**
     * Opens nothing yet.
     *
     * @param options how to reach them; null for the credentials that this machine's tools have stored
     */
    NamedRegistries(@Nullable RemoteOptions options) {
        this.options = options;
    }

    ImageLocation locate(Reference reference) {
        RemoteRegistry registry = open.computeIfAbsent(
                reference.registry(), address -> RemoteRegistry.at(address, options == null ? defaults() : options));
        return ImageLocation.of(registry, reference.repository(), reference.selector());
    }

    private static RemoteOptions defaults() {
        return RemoteOptions.builder().credentials(CredentialFiles.standard()).build();
    }

    @Override
    public void close() {
        open.values().forEach(RemoteRegistry::close);
    }
}
