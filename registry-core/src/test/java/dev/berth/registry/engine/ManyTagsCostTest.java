package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.memory.MemoryObjectStore;
import org.junit.jupiter.api.Test;

/** A nightly build that changes nothing pushes the same image again, each time with one more tag. */
class ManyTagsCostTest {
    private final World world = new World();
    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Repository app = registry.repository(world.app);

    private int callsOfAPush(String tag) {
        store.reset();
        app.manifests().put(world.first, Tag.parse(tag));
        return store.calls().size();
    }

    @Test
    void aPushDoesNotLookAtTheTagsThatItsManifestHasAlready() {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, Tag.parse("first"));

        int withOne = callsOfAPush("second");
        for (int i = 0; i < 100; i++) {
            app.manifests().put(world.first, Tag.parse("nightly-" + i));
        }

        assertThat(callsOfAPush("last")).isLessThanOrEqualTo(withOne);
    }
}
