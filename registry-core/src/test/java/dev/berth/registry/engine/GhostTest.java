package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Index entries without a fact, as pushes leave them that did not complete. */
@org.junit.jupiter.api.Tag("any-jdk")
class GhostTest {
    private static final Tag GHOST = Tag.parse("ghost");

    private final World world = new World();
    private final ObjectStore prepared = MemoryObjectStore.create();
    private ObjectStore store = prepared;
    private StorageRegistry registry = StorageRegistry.over(store);
    private Repository app = registry.repository(world.app);

    @BeforeEach
    void pushAnImage() {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
    }

    private void addEntry(ObjectKey key) throws IOException {
        store.put(key, new byte[0], PutCondition.always());
    }

    /** What a push has written that died before it set its tag. */
    private void leaveGhostTag() throws IOException {
        addEntry(Keys.tagEntry(world.app, GHOST));
        addEntry(Keys.taggedEntry(world.app, world.first.digest(), GHOST));
    }

    /** Each of these looks at the tag. */
    private enum Touch {
        FIND {
            @Override
            void run(Repository repository, World world) {
                assertThat(repository.manifests().find(GHOST)).isEmpty();
            }
        },
        GET {
            @Override
            void run(Repository repository, World world) {
                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> repository.manifests().get(GHOST));
            }
        },
        RESOLVE {
            @Override
            void run(Repository repository, World world) {
                assertThat(repository.tags().resolve(GHOST)).isEmpty();
            }
        },
        DELETE {
            @Override
            void run(Repository repository, World world) {
                assertThat(repository.tags().delete(GHOST)).isFalse();
            }
        },
        DELETE_MANIFEST {
            @Override
            void run(Repository repository, World world) {
                assertThat(repository.manifests().delete(world.first.digest()).tags())
                        .doesNotContain(GHOST);
                repository.manifests().put(world.first, world.latest);
            }
        };

        abstract void run(Repository repository, World world);
    }

    @ParameterizedTest
    @EnumSource(Touch.class)
    void aTagThatIsNotThereIsListedUntilItIsTouched(Touch touch) throws IOException {
        leaveGhostTag();
        assertThat(app.tags().list()).containsExactly(GHOST, world.latest);
        touch.run(app, world);
        assertThat(app.tags().list()).containsExactly(world.latest);
        assertThat(store.stat(Keys.tagEntry(world.app, GHOST))).isEmpty();
    }

    @Test
    void aGhostOfARepositoryIsListedUntilItsTagsAreListed() throws IOException {
        addEntry(Keys.catalogueEntry(world.other));
        assertThat(registry.repositories()).containsExactly(world.app, world.other);
        Repository other = registry.repository(world.other);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> other.tags().list().toList())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_UNKNOWN));
        assertThat(registry.repositories()).containsExactly(world.app);
    }

    @Test
    void aGhostOfAReferrerIsNotListed() throws IOException {
        addEntry(Keys.untypedReferrerEntry(world.app, world.first.digest(), world.signature.digest()));
        addEntry(Keys.untypedReferrerEntry(world.app, world.first.digest(), world.first.digest()));
        assertThat(app.manifests().referrers(world.first.digest())).isEmpty();
        app.manifests().put(world.signature);
        assertThat(app.manifests().referrers(world.first.digest())).hasSize(1);
    }

    @Test
    void deletingAManifestDeletesTheEntriesOfItsFormerTags() throws IOException {
        app.manifests().put(world.second, world.latest);
        ObjectKey former = Keys.taggedEntry(world.app, world.first.digest(), world.latest);
        assertThat(store.stat(former)).isPresent();
        assertThat(app.manifests().delete(world.first.digest()).tags()).isEmpty();
        assertThat(store.stat(former)).isEmpty();
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.second);
        assertThat(app.manifests().delete(world.second.digest()).tags()).containsExactly(world.latest);
    }

    @Test
    void aDeletedBlobIsNotMountedFromARepositoryThatHeldIt() throws IOException {
        Digest layer = Digest.sha256(world.layer);
        app.blobs().delete(layer);
        // Only a collection removes it: who did so after a deletion might hide a push that came meanwhile.
        assertThat(store.stat(Keys.holderEntry(layer, world.app))).isPresent();
        Repository other = registry.repository(world.other);
        assertThat(other.blobs().mount(layer, MountSource.any())).isEmpty();
        assertThat(other.blobs().mount(layer, MountSource.from(world.app))).isEmpty();
    }

    @Test
    void aRefusedTagLeavesNoGhost() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() ->
                        app.tags().put(GHOST, world.first.digest(), TagCondition.currently(world.first.digest())));
        assertThat(app.tags().list()).containsExactly(world.latest);
    }

    // A process that deletes a ghost may die while the fact is written.

    @ParameterizedTest
    @EnumSource(Touch.class)
    void aTagThatIsPushedWhileItsGhostIsRemovedIsListed(Touch touch) throws IOException {
        boolean acted = true;
        for (int actAt = 0; acted; actAt++) {
            boolean died = true;
            for (int dieAt = actAt; died; dieAt++) {
                startAnew();
                leaveGhostTag();
                PushThenDie steps = new PushThenDie(actAt, () -> app.manifests().put(world.second, GHOST), dieAt);
                run(steps, repository -> touch.run(repository, world));
                acted = steps.acted;
                died = steps.died;
                if (acted) {
                    Repository later = StorageRegistry.over(store).repository(world.app);
                    boolean there = later.tags().resolve(GHOST).isPresent();
                    // Deleting it may have come after the push.
                    assertThat(there || touch == Touch.DELETE).isTrue();
                    assertThat(later.tags().list().toList().contains(GHOST))
                            .as("%s, pushed at step %d, died at %d", touch, actAt, dieAt)
                            .isEqualTo(there);
                }
            }
        }
    }

    @Test
    void aRepositoryPushedWhileItsGhostIsDeletedIsListed() throws IOException {
        boolean acted = true;
        for (int actAt = 0; acted; actAt++) {
            boolean died = true;
            for (int dieAt = actAt; died; dieAt++) {
                startAnew();
                addEntry(Keys.catalogueEntry(world.other));
                PushThenDie steps = new PushThenDie(actAt, this::pushToOther, dieAt);
                run(
                        steps,
                        repository -> steps.registry
                                .repository(world.other)
                                .tags()
                                .list()
                                .toList());
                acted = steps.acted;
                died = steps.died;
                if (acted) {
                    StorageRegistry later = StorageRegistry.over(store);
                    assertThat(later.repositories())
                            .as("pushed at step %d, died at %d", actAt, dieAt)
                            .contains(world.other);
                    assertThat(later.repository(world.other).tags().list()).containsExactly(world.latest);
                }
            }
        }
    }

    private void pushToOther() {
        world.pushBlobs(registry, world.other);
        registry.repository(world.other).manifests().put(world.first, world.latest);
    }

    private void startAnew() throws IOException {
        store = StoreCopies.copy(prepared, "");
        registry = StorageRegistry.over(store);
        app = registry.repository(world.app);
    }

    private interface Use {
        void of(Repository repository);
    }

    /** Runs something with another engine, which may die, or find what it did not expect. */
    private void run(PushThenDie steps, Use use) {
        steps.registry = StorageRegistry.over(new SteppedStore(store, steps));
        try {
            use.of(steps.registry.repository(world.app));
        } catch (Died | AssertionError | RegistryException e) {
            // What counts is what others see then.
        }
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class PushThenDie implements SteppedStore.Steps {
        private final int actAt;
        private final Runnable push;
        private final int dieAt;
        private int steps;
        private boolean acted;
        private boolean died;
        private StorageRegistry registry;

        PushThenDie(int actAt, Runnable push, int dieAt) {
            this.actAt = actAt;
            this.push = push;
            this.dieAt = dieAt;
        }

        @Override
        public void step() {
            int step = steps++;
            if (step == actAt) {
                acted = true;
                push.run();
            }
            if (step >= dieAt) {
                died = true;
                throw new Died();
            }
        }
    }
}
