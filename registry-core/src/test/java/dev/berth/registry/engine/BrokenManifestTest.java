package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A manifest whose data is damaged stays listed with its tags; who asks for it is told, and a push of it mends it. */
class BrokenManifestTest {
    private final World world = new World();

    /** What became of the data. */
    private record Damage(String name, Optional<byte[]> left) {}

    private List<Damage> damages() {
        byte[] bytes = world.first.bytes();
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        return List.of(
                new Damage("flipped", Optional.of(flipped)),
                new Damage("cut", Optional.of(Arrays.copyOf(bytes, bytes.length / 2))),
                new Damage("empty", Optional.of(new byte[0])),
                new Damage("missing", Optional.empty()));
    }

    @Test
    void aBrokenManifestIsSaidToBeBrokenAndMendedByAPush() {
        Cases.of(damages()).check(damage -> {
            ObjectStore store = MemoryObjectStore.create();
            StorageRegistry first = StorageRegistry.over(store);
            Repository app = first.repository(world.app);
            world.pushBlobs(first, world.app);
            app.manifests().put(world.first, world.latest, world.stable);
            app.manifests().put(world.signature);
            damage(store, damage);

            assertBroken(app, world.first.digest());
            assertBroken(StorageRegistry.over(store).repository(world.app), world.latest);
            assertThat(app.manifests().find(world.latest)).isEmpty();
            assertThat(app.tags().list()).as("a broken tag stays listed").containsExactly(world.stable, world.latest);

            app.manifests().put(world.first);
            for (ManifestSelector selector : List.of(world.first.digest(), world.latest, world.stable)) {
                Manifest manifest = app.manifests().get(selector);
                assertThat(manifest).isEqualTo(world.first);
            }
            assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
            assertThat(app.manifests().referrers(world.first.digest())).hasSize(1);
        });
    }

    /** The data is that of all repositories. */
    @Test
    void aPushToAnotherRepositoryMendsItToo() throws IOException {
        ObjectStore store = MemoryObjectStore.create();
        StorageRegistry registry = StorageRegistry.over(store);
        Repository app = registry.repository(world.app);
        world.pushBlobs(registry, world.app);
        world.pushBlobs(registry, world.other);
        app.manifests().put(world.second, world.stable);
        app.manifests().put(world.first, world.latest);
        damage(store, new Damage("missing", Optional.empty()));
        assertBroken(app, world.latest);
        registry.repository(world.other).manifests().put(world.first);
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.first);
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
    }

    private void damage(ObjectStore store, Damage damage) throws IOException {
        ObjectKey data = Keys.data(world.first.digest());
        if (damage.left().isPresent()) {
            store.put(data, damage.left().get(), PutCondition.always());
        } else {
            store.delete(data);
        }
    }

    private static void assertBroken(Repository repository, ManifestSelector selector) {
        RegistryException failure = catchThrowableOfType(
                RegistryException.class, () -> repository.manifests().get(selector));
        assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
        assertThat(failure).hasMessageContaining("broken").hasMessageContaining("push it again");
    }

    @Test
    void aManifestThatIsNotThereIsNotBroken() {
        StorageRegistry registry = StorageRegistry.over(MemoryObjectStore.create());
        Repository app = registry.repository(world.app);
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
        app.manifests().delete(world.first.digest());
        for (ManifestSelector selector : List.of(world.first.digest(), world.latest)) {
            RegistryException failure = catchThrowableOfType(
                    RegistryException.class, () -> app.manifests().get(selector));
            assertThat(failure).hasMessageNotContaining("broken");
        }
    }
}
