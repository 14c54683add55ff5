package dev.berth.registry.scan.advisory;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A registry in memory, and an image of one layer in it. */
final class TestImage implements AutoCloseable {
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Repository repository = registry.repository(RepositoryName.parse("team/app"));

    Repository repository() {
        return repository;
    }

    /** Pushes an image with these files. */
    Manifest push(Map<String, byte[]> files) {
        return new SampleImages(1).image(repository, Platform.of("linux", "amd64"), List.of(SampleImages.tar(files)));
    }

    /** Pushes something that is no image. */
    Manifest artifact() {
        Digest empty = repository
                .blobs()
                .push(BlobSource.of("{}".getBytes(StandardCharsets.UTF_8)))
                .digest();
        Descriptor config = Descriptor.of("application/vnd.example.settings+json", empty, 2);
        Manifest manifest = ImageManifest.of(config, List.of(config)).toManifest();
        repository.manifests().put(manifest);
        return manifest;
    }

    /** Removes the layers of an image. */
    void forget(Manifest manifest) {
        ((ImageManifest) ManifestDocument.parse(manifest))
                .layers()
                .forEach(layer -> repository.blobs().delete(layer.digest()));
    }

    @Override
    public void close() {
        registry.close();
        store.close();
    }
}
