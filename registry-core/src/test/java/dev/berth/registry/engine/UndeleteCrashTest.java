package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.PutOptions;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Deletions, restores and the expiry of the trash that die at any step, or beside which another process does something at any
 * step: what was deleted is whole, or can be restored as a whole, and nothing stays in the trash for ever.
 */
@Tag("any-jdk")
class UndeleteCrashTest {
    private static final Duration WINDOW = Duration.ofDays(7);

    /** When the last trace of a deletion is gone. */
    private static final Duration LATEST = WINDOW.plusMinutes(10);

    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final ObjectStore prepared = MemoryObjectStore.create();
    private Map<String, String> whole = Map.of();

    /** Something that a process does with an image that has two tags and a signature. */
    enum Operation {
        DELETE_IMAGE {
            @Override
            void run(StorageRegistry registry, World world) {
                registry.repository(world.app).manifests().delete(world.first.digest());
            }
        },
        DELETE_SIGNATURE {
            @Override
            void run(StorageRegistry registry, World world) {
                registry.repository(world.app).manifests().delete(world.signature.digest());
            }
        },
        DELETE_TAG {
            @Override
            void run(StorageRegistry registry, World world) {
                registry.repository(world.app).tags().delete(world.latest);
            }
        },
        PUSH_AGAIN {
            @Override
            void run(StorageRegistry registry, World world) {
                registry.repository(world.app).manifests().put(world.first, world.latest);
            }
        },
        RESTORE_IMAGE {
            @Override
            void run(StorageRegistry registry, World world) {
                registry.trash().restore(world.app, world.first.digest());
            }
        },
        RESTORE_TAG {
            @Override
            void run(StorageRegistry registry, World world) {
                registry.trash().restore(world.app, world.latest);
            }
        },
        RESTORE_REPOSITORY {
            @Override
            void run(StorageRegistry registry, World world) {
                registry.trash().restore(world.app, Instant.EPOCH);
            }
        };

        abstract void run(StorageRegistry registry, World world);
    }

    /** The process died. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** As S3: what is deleted conditionally is an empty object afterwards. */
    private static final class LeavesEmpty extends ForwardingObjectStore {
        LeavesEmpty(ObjectStore store) {
            super(store);
        }

        @Override
        public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
            Optional<ObjectStat> stat = delegate().stat(key);
            return stat.isPresent()
                    && delegate()
                            .put(key, new byte[0], PutCondition.ifUnchanged(version))
                            .isPresent();
        }
    }

    @BeforeEach
    void pushAnImage() {
        Registry registry = registry(prepared);
        world.pushBlobs(registry, world.app);
        registry.repository(world.app).manifests().put(world.first, world.latest, world.stable);
        registry.repository(world.app).manifests().put(world.signature, PutOptions.untagged());
        whole = Observed.look(registry(prepared), world);
    }

    private StorageRegistry registry(ObjectStore store) {
        return StorageRegistry.over(
                store, StorageOptions.builder().clock(clock).undelete(WINDOW).build());
    }

    private ObjectStore copy(boolean deleted) {
        try {
            ObjectStore store = new LeavesEmpty(StoreCopies.copy(prepared, ""));
            if (deleted) {
                Operation.DELETE_IMAGE.run(registry(store), world);
                Operation.DELETE_SIGNATURE.run(registry(store), world);
            }
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is deleted before a restore is tried. */
    private static boolean restores(Operation operation) {
        return operation.name().startsWith("RESTORE") || operation == Operation.PUSH_AGAIN;
    }

    @ParameterizedTest
    @EnumSource
    void whatDiedAtAnyStepCanBeRestored(Operation operation) throws IOException {
        for (int at = 0, reached = 1; reached > 0; at += 2) {
            ObjectStore store = copy(restores(operation));
            ActAtStep death = new ActAtStep(at, () -> {
                throw new Died();
            });
            try {
                operation.run(registry(new SteppedStore(store, death)), world);
            } catch (Died expected) {
                // The process is gone.
            }
            reached = death.acted() ? 1 : 0;
            requireRestorable(operation + " that died at step " + at, store);
        }
    }

    @ParameterizedTest
    @EnumSource
    void atEachStepTheImageIsThereOrInTheTrash(Operation operation) {
        for (int at = 0, reached = 1; reached > 0; at++) {
            ObjectStore store = copy(restores(operation));
            String where = operation + " at step " + at;
            ActAtStep look = new ActAtStep(at, () -> requireNotLost(where, store));
            operation.run(registry(new SteppedStore(store, look)), world);
            reached = look.acted() ? 1 : 0;
        }
    }

    /** In the order in which a collection looks: the link, and then the trash. */
    private void requireNotLost(String where, ObjectStore store) {
        try {
            for (var manifest : List.of(world.first, world.signature)) {
                boolean linked = store.stat(Keys.revisionLink(world.app, manifest.digest()))
                        .isPresent();
                boolean trashed = store.stat(Keys.trashedManifest(world.app, manifest.digest()))
                        .filter(stat -> stat.size() > 0)
                        .isPresent();
                assertThat(linked || trashed).as(where + ": " + manifest).isTrue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only some of the pairs unless {@code berth.it.long} is set. */
    @ParameterizedTest
    @EnumSource
    void whateverAnotherProcessDoesAtAnyStepItCanBeRestored(Operation operation) throws IOException {
        List<Operation> others = Boolean.getBoolean("berth.it.long")
                ? List.of(Operation.values())
                : restores(operation)
                        ? List.of(Operation.DELETE_IMAGE)
                        : List.of(Operation.RESTORE_IMAGE, Operation.PUSH_AGAIN);
        for (Operation other : others) {
            // Nothing happens between the end of a call and the beginning of the next one.
            for (int at = 0, reached = 1; reached > 0; at += 2) {
                ObjectStore store = copy(restores(operation));
                ActAtStep act = new ActAtStep(at, () -> attempt(other, store));
                attempt(operation, new SteppedStore(store, act));
                reached = act.acted() ? 1 : 0;
                requireRestorable(other + " at step " + at + " of " + operation, store);
            }
        }
    }

    private void attempt(Operation operation, ObjectStore store) {
        try {
            operation.run(registry(store), world);
        } catch (RegistryException refused) {
            assertThat(refused.code().name()).isNotEqualTo("UNAVAILABLE");
        }
    }

    /** A restore brings everything back, and afterwards nothing stays in the trash. */
    private void requireRestorable(String where, ObjectStore store) throws IOException {
        StorageRegistry registry = registry(store);
        requireNotLost(where, store);
        registry.trash().restore(world.app, world.first.digest());
        registry.trash().restore(world.app, Instant.EPOCH);
        Map<String, String> state = Observed.look(registry, world);
        assertThat(state).as(where).isEqualTo(whole);
        assertThat(registry.trash().deleted(world.app)).as(where).isEmpty();
        requireNothingStays(where, store);
    }

    private void requireNothingStays(String where, ObjectStore store) throws IOException {
        at(LATEST, () -> registry(store).maintain());
        assertThat(StoreCopies.keys(store, "_berth/trash/")).as(where).isEmpty();
    }

    /** Does something at a later time. */
    private void at(Duration later, Runnable action) {
        clock.advance(later);
        try {
            action.run();
        } finally {
            clock.advance(later.negated());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DELETE_IMAGE", "RESTORE_IMAGE", "RESTORE_TAG"})
    void besideAnExpiryListingsAreTrueAndTheNextOneLeavesNothing(Operation operation) throws IOException {
        for (int at = 0, reached = 1; reached > 0; at += 2) {
            ObjectStore store = copy(restores(operation));
            ActAtStep act =
                    new ActAtStep(at, () -> at(WINDOW, () -> registry(store).maintain()));
            attempt(operation, new SteppedStore(store, act));
            reached = act.acted() ? 1 : 0;
            String where = "expiry at step " + at + " of " + operation;
            Map<String, String> state = Observed.look(registry(store), world);
            assertThat(state.get(world.app + ":" + world.latest + " listed"))
                    .as(where)
                    .isEqualTo(String.valueOf(
                            !state.get(world.app + ":" + world.latest).equals("none")));
            requireNothingStays(where, store);
        }
    }

    @Test
    void anExpiryThatDiedAtAnyStepLeavesACandidateAndTheNextOneEndsIt() throws IOException {
        for (int at = 0, reached = 1; reached > 0; at++) {
            ObjectStore store = copy(true);
            ActAtStep death = new ActAtStep(at, () -> {
                throw new Died();
            });
            store.deleteTree(KeyPrefix.of("_berth/collection/"));
            try {
                at(LATEST, () -> registry(new SteppedStore(store, death)).maintain());
            } catch (Died expected) {
                // The process is gone.
            }
            reached = death.acted() ? 1 : 0;
            String where = "expiry that died at step " + at;
            boolean inTrash = store.stat(Keys.trashedManifest(world.app, world.first.digest()))
                    .filter(stat -> stat.size() > 0)
                    .isPresent();
            boolean candidate =
                    !StoreCopies.keys(store, "_berth/collection/changed/").isEmpty();
            assertThat(inTrash || candidate).as(where).isTrue();
            requireNothingStays(where, store);
        }
    }
}
