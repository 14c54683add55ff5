package dev.berth.registry.maintenance.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs some content is found among many repositories that do not, though few entries are looked at. */
class AffectedSearchTest {
    private static final int FEW_ENTRIES = 6;

    private final ScrubWorld world = new ScrubWorld();
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final Registry registry = StorageRegistry.over(store);
    private final AffectedSearch search = new AffectedSearch(
            new RegistryStore(
                    store, InstantSource.system(), System::nanoTime, pause -> {}, new MemoryBudget(1_000_000), 0),
            FEW_ENTRIES);

    private void pushOthers() {
        for (int i = 0; i < 20; i++) {
            RepositoryName repository = RepositoryName.parse("first/r" + i);
            registry.repository(repository).blobs().push(Digest.sha256(world.config), BlobSource.of(world.config));
            registry.repository(repository)
                    .manifests()
                    .put(ScrubWorld.manifest("{\"schemaVersion\":2,\"config\":"
                            + ScrubWorld.descriptor("application/json", world.config) + ",\"layers\":[]}"));
        }
    }

    @Test
    void findsTheRepositoryOfABlobThatNoManifestNeeds() throws IOException {
        pushOthers();
        world.pushTo(registry, ScrubWorld.APP);

        assertThat(search.by(Digest.sha256(world.loose)))
                .containsExactly(new AffectedRepository(ScrubWorld.APP, List.of(), List.of()));
    }

    @Test
    void findsTheTagsOfAnImageWithALayer() throws IOException {
        pushOthers();
        world.pushTo(registry, ScrubWorld.APP);

        assertThat(search.by(Digest.sha256(world.layer)))
                .containsExactly(new AffectedRepository(
                        ScrubWorld.APP,
                        List.of(world.image.digest(), world.index.digest()),
                        List.of(ScrubWorld.LATEST, ScrubWorld.MULTI)));
    }
}
