package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tags whose manifest is gone, as a deletion during a push leaves them, and old versions of registry:2 do. They are missing
 * until the manifest is back, and are listed then.
 */
class DanglingTagTest {
    private final World world = new World();
    private final ObjectStore store = MemoryObjectStore.create();
    private StorageRegistry registry = StorageRegistry.over(store);
    private Repository app = registry.repository(world.app);

    @BeforeEach
    void pushBlobs() {
        world.pushBlobs(registry, world.app);
    }

    private void assertListedIfThere(ObjectStore where, Tag tag, String when) {
        Repository seen = StorageRegistry.over(where).repository(world.app);
        assertThat(seen.tags().list().toList().contains(tag))
                .as("whether %s is listed, %s", tag, when)
                .isEqualTo(seen.tags().resolve(tag).isPresent());
    }

    @Test
    void aTagSetWhileItsManifestWasDeletedIsListedOnceTheManifestIsBack() throws IOException {
        app.manifests().put(world.first, world.latest);
        app.manifests().put(world.signature);
        boolean acted = true;
        for (int actAt = 0; acted; actAt++) {
            ObjectStore copy = StoreCopies.copy(store, "");
            Repository other = StorageRegistry.over(copy).repository(world.app);
            Once pushing = new Once(actAt, () -> other.manifests().put(world.first, world.stable));
            StorageRegistry.over(new SteppedStore(copy, pushing))
                    .repository(world.app)
                    .manifests()
                    .delete(world.first.digest());
            acted = pushing.acted;
            String when = "pushed at step " + actAt;
            assertListedIfThere(copy, world.stable, when);
            boolean there = other.manifests().find(world.first.digest()).isPresent();
            assertThat(other.tags().resolve(world.stable).isPresent()).as(when).isEqualTo(there && acted);
            other.manifests().put(world.first);
            assertListedIfThere(copy, world.stable, when + " and the manifest again");
            assertListedIfThere(copy, world.latest, when + " and the manifest again");
            other.manifests().delete(world.first.digest());
            assertThat(other.tags().list()).isEmpty();
        }
    }

    private static final class Once implements SteppedStore.Steps {
        private final int actAt;
        private final Runnable act;
        private int steps;
        private boolean acted;

        Once(int actAt, Runnable act) {
            this.actAt = actAt;
            this.act = act;
        }

        @Override
        public void step() {
            if (steps++ == actAt) {
                acted = true;
                act.run();
            }
        }
    }

    @Test
    void aDanglingTagOfRegistry2ComesBackWithItsManifestAndIsListed() throws IOException {
        DockerLayout docker = new DockerLayout(store);
        docker.world(world);
        store.delete(ObjectKey.of(DockerLayout.revision(world.app, world.first.digest())));
        registry = StorageRegistry.over(store);
        app = registry.repository(world.app);
        registry.rebuildIndex(name -> {});
        assertThat(registry.indexComplete()).isTrue();
        assertThat(app.tags().list()).containsExactly(world.stable);
        app.manifests().put(world.first);
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.first);
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
        assertThat(app.manifests().delete(world.first.digest()).tags()).containsExactly(world.latest);
        assertThat(app.tags().list()).containsExactly(world.stable);
    }

    @Test
    void aDanglingTagCanBeDeletedAndMoved() throws IOException {
        app.manifests().put(world.second);
        for (Tag tag : new Tag[] {world.latest, world.stable}) {
            new DockerLayout(store)
                    .write(
                            DockerLayout.tag(world.app, tag),
                            world.first.digest().toString());
        }
        assertThat(app.tags().delete(world.latest)).isFalse();
        app.tags().put(world.stable, world.second.digest());
        app.manifests().put(world.first);
        assertThat(app.tags().resolve(world.latest)).isEmpty();
        assertThat(app.tags().list()).containsExactly(world.stable);
        assertThat(app.manifests().get(world.stable)).isEqualTo(world.second);
    }
}
