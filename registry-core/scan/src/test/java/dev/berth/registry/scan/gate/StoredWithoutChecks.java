package dev.berth.registry.scan.gate;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Repository;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;

/** A registry that keeps manifests whose blobs are not there, as a mirror does, behind a gate. */
final class StoredWithoutChecks {
    final Repository behind;
    final Gate gate;
    final Repository gated;

    StoredWithoutChecks(GateWorld world, GateRule rule) {
        StorageRegistry engine = StorageRegistry.over(
                MemoryObjectStore.create(),
                StorageOptions.builder()
                        .requireBlobs(false)
                        .requireManifests(false)
                        .build());
        this.behind = engine.repository(GateWorld.REPOSITORY);
        this.gate = Gate.of(engine, GatePolicy.of(rule), world.options().build());
        this.gated = gate.repository(GateWorld.REPOSITORY);
    }

    void copyBlob(Descriptor blob, byte[] content) {
        behind.blobs().push(blob.digest(), BlobSource.of(content));
    }

    Descriptor push(ImageManifest manifest) {
        return GateWorld.push(behind, manifest.toManifest());
    }
}
