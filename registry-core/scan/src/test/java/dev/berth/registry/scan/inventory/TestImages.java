package dev.berth.registry.scan.inventory;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A registry in memory, and images in it. */
final class TestImages implements AutoCloseable {
    private static final byte[] CONFIG =
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                    .getBytes(StandardCharsets.UTF_8);

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Repository repository = registry.repository(RepositoryName.parse("team/app"));

    Repository repository() {
        return repository;
    }

    /** Pushes a layer as it is. */
    Digest push(byte[] layer) {
        return repository.blobs().push(BlobSource.of(layer)).digest();
    }

    ImageManifest image(TestLayer... layers) {
        List<byte[]> packed = new ArrayList<>();
        for (TestLayer layer : layers) {
            packed.add(layer.gzip());
        }
        return image(packed);
    }

    ImageManifest image(List<byte[]> layers) {
        List<Descriptor> descriptors = new ArrayList<>();
        for (byte[] layer : layers) {
            descriptors.add(Descriptor.of(MediaTypes.OCI_LAYER_TAR_GZIP, push(layer), layer.length));
        }
        Digest config = push(CONFIG);
        return ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config, CONFIG.length), descriptors);
    }

    /** Returns what is in an image of these layers. */
    ImageInventory inventory(TestLayer... layers) {
        return InventoryReader.of(repository).read(image(layers));
    }

    /** Returns the package URLs of what is in an image of these layers, without their qualifiers. */
    List<String> packages(TestLayer... layers) {
        return urls(inventory(layers));
    }

    static List<String> urls(ImageInventory inventory) {
        return inventory.packages().stream()
                .map(found -> found.packageUrl().replaceFirst("\\?.*", ""))
                .toList();
    }

    @Override
    public void close() {
        registry.close();
        store.close();
    }
}
