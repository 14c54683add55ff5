package dev.berth.examples.standalone.console;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.manifest.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pushes images that say what they are. */
final class DescribedImages {
    private DescribedImages() {}

    /** Returns a client of a registry, as somebody who may push. */
    static RemoteRegistry client(String host, String user, String password) {
        return RemoteRegistry.at(
                host,
                RemoteOptions.builder()
                        .credentials((name, repository) -> Optional.of(Credentials.of(user, password)))
                        .build());
    }

    static void push(Registry registry, String repository, String description) {
        Repository target = registry.repository(repository);
        Descriptor config = blob(target, MediaTypes.OCI_CONFIG, """
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""");
        target.manifests()
                .put(
                        ImageManifest.of(config, List.of())
                                .withAnnotations(Map.of("org.opencontainers.image.description", description))
                                .toManifest(),
                        Tag.parse("1"));
    }

    private static Descriptor blob(Repository target, String mediaType, String content) {
        Descriptor pushed = target.blobs().push(BlobSource.of(content.getBytes(StandardCharsets.UTF_8)));
        return Descriptor.of(mediaType, pushed.digest(), pushed.size());
    }
}
