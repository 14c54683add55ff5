package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.TagCondition;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A deletion on a condition takes nothing away that came to be needed, at whatever store call the need begins. */
class ConditionalDeletionTest {
    private final World world = new World();

    private Repository filled(ObjectStore store) {
        StorageRegistry registry = StorageRegistry.over(store);
        world.pushBlobs(registry, world.app);
        Repository app = registry.repository(world.app);
        app.manifests().put(world.first);
        app.manifests().put(world.second);
        return app;
    }

    @Test
    void tagIsDeletedOnlyWhileItNamesTheManifest() {
        Repository app = filled(MemoryObjectStore.create());
        app.tags().put(world.latest, world.first.digest());

        assertThatThrownBy(() -> app.tags().delete(world.latest, TagCondition.currently(world.second.digest())))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED));
        assertThat(app.tags().delete(world.latest, TagCondition.currently(world.first.digest())))
                .isTrue();
        assertThat(app.tags().delete(world.latest, TagCondition.currently(world.first.digest())))
                .isFalse();
    }

    @Test
    void tagThatIsMovedAtAnyStepStays() {
        boolean more = true;
        for (int actAt = 0; more; actAt++) {
            ObjectStore store = MemoryObjectStore.create();
            Repository app = filled(store);
            app.tags().put(world.latest, world.first.digest());
            ActAtStep act = new ActAtStep(actAt, () -> app.tags().put(world.latest, world.second.digest()));
            Repository other =
                    StorageRegistry.over(new SteppedStore(store, act)).repository(world.app);
            try {
                other.tags().delete(world.latest, TagCondition.currently(world.first.digest()));
            } catch (RegistryException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
            }
            more = act.acted();
            if (more) {
                assertThat(app.tags().resolve(world.latest).map(Descriptor::digest))
                        .as("moved at step %d", actAt)
                        .contains(world.second.digest());
                assertThat(app.tags().list()).containsExactly(world.latest);
            }
        }
    }

    @Test
    void manifestGoesOnlyIfNothingNeedsIt() {
        Repository app = filled(MemoryObjectStore.create());
        Digest first = world.first.digest();
        app.manifests().put(world.index);
        app.manifests().put(world.signature);
        app.tags().put(world.latest, first);

        assertThat(app.manifests().delete(first, DeleteCondition.UNTAGGED)).isFalse();
        app.tags().delete(world.latest);
        assertThat(app.manifests().delete(first, DeleteCondition.UNNEEDED)).isFalse();
        assertThat(app.manifests().delete(world.signature.digest(), DeleteCondition.UNNEEDED))
                .isFalse();
        assertThat(app.manifests().delete(world.index.digest(), DeleteCondition.UNNEEDED))
                .isTrue();
        assertThat(app.manifests().delete(first, DeleteCondition.UNNEEDED)).isTrue();
        assertThat(app.manifests().delete(world.signature.digest(), DeleteCondition.UNNEEDED))
                .isTrue();
        assertThat(app.manifests().delete(first, DeleteCondition.UNNEEDED)).isFalse();
        assertThat(app.manifests().find(world.second.digest())).isPresent();
    }

    @Test
    void taggedMeanwhileItStays() {
        everyStep(
                app -> app.manifests().put(world.first, world.latest),
                app -> assertThat(app.tags().resolve(world.latest).map(Descriptor::digest))
                        .contains(world.first.digest()));
    }

    @Test
    void listedMeanwhileItStays() {
        everyStep(
                app -> app.manifests().put(world.index),
                app -> assertThat(app.manifests().find(world.first.digest())).isPresent());
    }

    @Test
    void whoeverDiesDuringTheDeletionLeavesWhatIsNeeded() {
        dieAfterEveryStep(
                app -> app.manifests().put(world.first, world.latest),
                app -> assertThat(app.tags().resolve(world.latest).map(Descriptor::digest))
                        .contains(world.first.digest()));
        dieAfterEveryStep(
                app -> app.tags().put(world.latest, world.first.digest()),
                app -> assertThat(app.tags().resolve(world.latest).map(Descriptor::digest))
                        .contains(world.first.digest()));
        dieAfterEveryStep(
                app -> app.manifests().put(world.index),
                app -> assertThat(app.manifests().find(world.first.digest())).isPresent());
    }

    /** Does something at each step of a deletion, whose process dies at each later step. */
    private void dieAfterEveryStep(Consumer<Repository> need, Consumer<Repository> check) {
        int steps = 1;
        for (int actAt = 0; actAt < steps; actAt++) {
            for (int dieAt = actAt; dieAt < actAt + 8; dieAt++) {
                ObjectStore store = MemoryObjectStore.create();
                Repository app = filled(store);
                boolean[] refused = new boolean[1];
                int[] step = new int[1];
                int act = actAt;
                int die = dieAt;
                Repository dying = StorageRegistry.over(new SteppedStore(store, () -> {
                            if (step[0] == act) {
                                attempt(need, app, refused);
                            }
                            if (step[0]++ >= die) {
                                throw new UncheckedIOException(new IOException("The process is dead"));
                            }
                        }))
                        .repository(world.app);
                try {
                    dying.manifests().delete(world.first.digest(), DeleteCondition.UNNEEDED);
                } catch (RegistryException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                }
                steps = Math.max(steps, step[0]);
                if (step[0] > act && !refused[0]) {
                    check.accept(StorageRegistry.over(store).repository(world.app));
                }
            }
        }
    }

    /** Does something at each step of a deletion, and lets the deletion happen at each step of it. */
    private void everyStep(Consumer<Repository> need, Consumer<Repository> check) {
        Consumer<Repository> deletion = app -> app.manifests().delete(world.first.digest(), DeleteCondition.UNNEEDED);
        interleave(deletion, need, check);
        interleave(need, deletion, check);
    }

    private void interleave(Consumer<Repository> first, Consumer<Repository> second, Consumer<Repository> check) {
        boolean more = true;
        for (int actAt = 0; more; actAt++) {
            ObjectStore store = MemoryObjectStore.create();
            Repository app = filled(store);
            boolean[] refused = new boolean[1];
            ActAtStep act = new ActAtStep(actAt, () -> attempt(second, app, refused));
            attempt(first, StorageRegistry.over(new SteppedStore(store, act)).repository(world.app), refused);
            more = act.acted();
            if (more && !refused[0]) {
                check.accept(app);
            }
        }
    }

    private static void attempt(Consumer<Repository> change, Repository app, boolean[] refused) {
        try {
            change.accept(app);
        } catch (RegistryException e) {
            // Who needs it was told that it is not there.
            assertThat(e.code()).isIn(ErrorCode.MANIFEST_BLOB_UNKNOWN, ErrorCode.MANIFEST_UNKNOWN);
            refused[0] = true;
        }
    }
}
