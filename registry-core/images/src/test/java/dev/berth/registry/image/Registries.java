package dev.berth.registry.image;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Registries in memory, and what is in them. */
final class Registries {
    private Registries() {}

    static Registry empty() {
        return StorageRegistry.over(MemoryObjectStore.create());
    }

    static ImageManifest image(Registry registry, RepositoryName name, ManifestSelector selector) {
        return (ImageManifest)
                ManifestDocument.parse(registry.repository(name).manifests().get(selector));
    }

    static ImageConfig config(Registry registry, RepositoryName name, ManifestSelector selector) throws IOException {
        return ImageConfig.parse(
                blob(registry, name, image(registry, name, selector).config().digest()));
    }

    static byte[] blob(Registry registry, RepositoryName name, Digest digest) throws IOException {
        try (BlobContent content = registry.repository(name).blobs().open(digest)) {
            return content.stream().readAllBytes();
        }
    }

    static byte[] gunzipped(Registry registry, RepositoryName name, Descriptor layer) throws IOException {
        try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(blob(registry, name, layer.digest())))) {
            return tar.readAllBytes();
        }
    }
}
