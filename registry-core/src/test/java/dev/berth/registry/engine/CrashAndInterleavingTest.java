package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stops the engine before and after every single store call of everything that changes something, and lets a second
 * engine over the same store do something at each of these points: the invariants of {@code docs/storage-layout.md} hold.
 */
@org.junit.jupiter.api.Tag("any-jdk")
class CrashAndInterleavingTest {
    private final World world = new World();
    private final ObjectStore prepared = MemoryObjectStore.create();

    /** By what a store holds, what is seen of it when it has settled. */
    private final Map<Digest, Map<String, String>> settledStates = new HashMap<>();

    /** One time for all, so that stores that hold the same are the same. */
    private final SettableClock clock = new SettableClock();

    private StorageRegistry registry(ObjectStore store) {
        return StorageRegistry.over(store, StorageOptions.builder().clock(clock).build());
    }

    /** Something that changes a registry, which holds what {@link #prepare} made. */
    private enum Operation {
        PUSH_BLOB {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.other).blobs().push(Digest.sha256(world.layer2), BlobSource.of(world.layer2));
            }
        },
        UPLOAD_BLOB {
            @Override
            void run(Registry registry, World world) {
                BlobUpload upload = registry.repository(world.other).blobs().startUpload();
                upload.append(0, BlobSource.of(new byte[] {world.layer2[0]}));
                byte[] rest = Arrays.copyOfRange(world.layer2, 1, world.layer2.length);
                upload.append(1, BlobSource.of(rest));
                upload.commit(Digest.sha256(world.layer2));
            }
        },
        UPLOAD_BLOB_AT_ONCE {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.other)
                        .blobs()
                        .startUpload()
                        .commit(OptionalLong.empty(), BlobSource.of(world.layer2), Digest.sha256(world.layer2));
            }
        },
        MOUNT_BLOB {
            @Override
            void run(Registry registry, World world) {
                Repository other = registry.repository(world.other);
                assertThat(other.blobs().mount(Digest.sha256(world.layer), MountSource.any()))
                        .isPresent();
            }
        },
        DELETE_BLOB {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).blobs().delete(Digest.sha256(world.layer2));
            }
        },
        PUSH_NEW_IMAGE_WITH_TWO_TAGS {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).manifests().put(world.second, world.latest, world.stable);
            }
        },
        PUSH_SAME_IMAGE_AGAIN {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).manifests().put(world.first, world.latest);
            }
        },
        PUSH_SIGNATURE {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).manifests().put(world.signature, PutOptions.untagged());
            }
        },
        PUSH_TAGGED_INDEX {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).manifests().put(world.index, world.stable, world.latest);
            }
        },
        TAG_CONDITIONALLY {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).tags().put(world.stable, world.first.digest(), TagCondition.absent());
            }
        },
        DELETE_TAG {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).tags().delete(world.latest);
            }
        },
        DELETE_IMAGE {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).manifests().delete(world.first.digest());
            }
        };

        abstract void run(Registry registry, World world);
    }

    /** Two operations, the second of which another engine does. */
    private record Pair(Operation operation, Operation other) {
        static List<Pair> all() {
            // What is uploaded at once has the steps of a push.
            return Stream.of(Operation.values())
                    .filter(a -> a != Operation.UPLOAD_BLOB_AT_ONCE)
                    .flatMap(a -> Stream.of(Operation.values())
                            .filter(b -> b != Operation.UPLOAD_BLOB_AT_ONCE)
                            .map(b -> new Pair(a, b)))
                    .toList();
        }
    }

    /** The process died. An error, so that no part of the engine mistakes it for a failure of the store. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Does something at one step, or dies at another one and from then on. */
    private static final class Script implements SteppedStore.Steps {
        private final int actAt;
        private final Runnable act;
        private final int dieAt;
        private int steps;

        Script(int actAt, Runnable act, int dieAt) {
            this.actAt = actAt;
            this.act = act;
            this.dieAt = dieAt;
        }

        @Override
        public void step() {
            int step = steps++;
            if (step == actAt) {
                act.run();
            }
            if (step >= dieAt) {
                throw new Died();
            }
        }
    }

    private ObjectStore prepare() {
        return copy(prepared);
    }

    private static ObjectStore copy(ObjectStore store) {
        try {
            return StoreCopies.copy(store, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void pushAnImage() {
        StorageRegistry registry = registry(prepared);
        world.pushBlobs(registry, world.app);
        registry.repository(world.other).blobs().push(Digest.sha256(world.config), BlobSource.of(world.config));
        registry.repository(world.app).manifests().put(world.first, world.latest);
    }

    private static boolean succeeds(Operation operation, Registry registry, World world) {
        try {
            operation.run(registry, world);
            return true;
        } catch (RegistryException refused) {
            return false;
        }
    }

    private Map<String, String> look(ObjectStore store) {
        return Observed.look(registry(store), world);
    }

    /** The states that these operations lead to, one after the other. */
    private Map<String, String> after(Operation... operations) {
        ObjectStore store = prepare();
        StorageRegistry registry = registry(store);
        for (Operation operation : operations) {
            succeeds(operation, registry, world);
        }
        return look(store);
    }

    @Test
    void aCrashAtAnyStepKeepsWhatWasAcknowledgedAndARetryCompletesTheRest() {
        Cases.of(Operation.values()).check(operation -> {
            for (BatchOrder order : BatchOrder.values()) {
                dieAndRetry(operation, order);
            }
        });
    }

    private void dieAndRetry(Operation operation, BatchOrder order) {
        Map<String, String> before = after();
        Map<String, String> done = after(operation);
        for (int dieAt = 0; ; dieAt++) {
            ObjectStore store = prepare();
            StorageRegistry dying = registry(new SteppedStore(store, new Script(-1, () -> {}, dieAt), order));
            boolean died = false;
            try {
                operation.run(dying, world);
            } catch (Died expected) {
                died = true;
            }
            String where = operation + " " + order + " that died at step " + dieAt;
            requireEachItemFrom(where, settle(store), List.of(before, done));

            succeeds(operation, registry(store), world);
            assertThat(look(store)).as("retry of " + where).isEqualTo(done);
            if (!died) {
                assertThat(dieAt).as("steps of " + operation).isGreaterThan(4);
                return;
            }
        }
    }

    @Test
    void aReadAtAnyStepSeesTheStateBeforeOrAfterAndChangesNothing() {
        Cases.of(Operation.values()).check(operation -> {
            readAtEachStep(operation, BatchOrder.AS_ADDED);
            readAtEachStep(operation, BatchOrder.BACKWARDS);
        });
    }

    private void readAtEachStep(Operation operation, BatchOrder order) {
        Map<String, String> before = after();
        Map<String, String> done = after(operation);
        boolean more = true;
        for (int readAt = 0; more; readAt++) {
            ObjectStore store = prepare();
            StorageRegistry reader = registry(store);
            List<Map<String, String>> seen = new ArrayList<>();
            Script script = new Script(readAt, () -> seen.add(Observed.look(reader, world)), Integer.MAX_VALUE);
            assertThat(succeeds(operation, registry(new SteppedStore(store, script, order)), world))
                    .isTrue();
            more = !seen.isEmpty();
            String where = operation + " read at step " + readAt;
            for (Map<String, String> state : seen) {
                requireEachItemFrom(where, withoutGhosts(state), List.of(before, done));
                requireComplete(where, state);
            }
            Map<String, String> end = look(store);
            requireNothingMissing("first look after " + where, end);
            assertThat(end).as(where).isEqualTo(done);
        }
    }

    /** A tag or repository that is listed but missing is an entry of a push that failed or is in progress. */
    private Map<String, String> withoutGhosts(Map<String, String> state) {
        Map<String, String> facts = new HashMap<>(state);
        for (var repository : world.repositories()) {
            for (Tag tag : world.tags()) {
                if (state.get(repository + ":" + tag).equals("none")) {
                    facts.put(repository + ":" + tag + " listed", "false");
                }
            }
            if (!anyManifest(state, repository)) {
                facts.put(repository + " in the catalogue", "false");
            }
        }
        return facts;
    }

    /** An image that is visible has all its parts, unless these were deleted one by one. */
    private void requireComplete(String where, Map<String, String> state) {
        boolean visible = state.get(world.app + "@" + world.first.digest()).equals("true");
        boolean parts = state.get(world.app + "/" + Digest.sha256(world.layer)).equals("true")
                && state.get(world.app + "/" + Digest.sha256(world.config)).equals("true");
        assertThat(visible && !parts).as(where + " in " + state).isFalse();
    }

    /** What is there is in every listing: ghosts there may be, gaps never. */
    private void requireNothingMissing(String where, Map<String, String> state) {
        for (var repository : world.repositories()) {
            if (anyManifest(state, repository)) {
                assertThat(state.get(repository + " in the catalogue"))
                        .as(where + ": " + repository)
                        .isEqualTo("true");
            }
            for (Tag tag : world.tags()) {
                if (!state.get(repository + ":" + tag).equals("none")) {
                    assertThat(state.get(repository + ":" + tag + " listed"))
                            .as(where + ": " + tag)
                            .isEqualTo("true");
                }
            }
            boolean signed =
                    state.get(repository + "@" + world.signature.digest()).equals("true");
            String signature = world.signature.digest().toString();
            assertThat(state.get(repository + "@" + world.first.digest() + " referrers")
                            .contains(signature))
                    .as(where + ": referrers in " + state)
                    .isEqualTo(signed);
        }
    }

    private boolean anyManifest(Map<String, String> state, RepositoryName repository) {
        return world.manifests().stream()
                .anyMatch(manifest -> state.get(repository + "@" + manifest).equals("true"));
    }

    @Test
    void aChangeByAnotherEngineAtAnyStepIsAsIfMadeBeforeOrAfter() {
        Cases.of(Pair.all()).check(pair -> actAtEachStep(pair.operation, pair.other, orderFor(pair)));
    }

    /** Another one for each pair: all of them for each would take too long. */
    private static BatchOrder orderFor(Pair pair) {
        BatchOrder[] orders = BatchOrder.values();
        return orders[(pair.operation.ordinal() + pair.other.ordinal()) % orders.length];
    }

    private void actAtEachStep(Operation operation, Operation other, BatchOrder order) {
        List<Map<String, String>> serial = List.of(after(operation, other), after(other, operation));
        boolean more = true;
        for (int actAt = 0; more; actAt++) {
            ObjectStore store = prepare();
            List<Boolean> acted = new ArrayList<>();
            StorageRegistry second = registry(store);
            Script script = new Script(actAt, () -> acted.add(succeeds(other, second, world)), Integer.MAX_VALUE);
            succeeds(operation, registry(new SteppedStore(store, script, order)), world);
            more = !acted.isEmpty();
            if (more) {
                String where = other + " at step " + actAt + " of " + operation;
                // By an engine that was started before, and repairs only what it is asked for.
                requireConsistent("first look after " + where, Observed.look(second, world));
                Map<String, String> state = settled(store);
                requireConsistent(where, state);
                requireEachItemFrom(where, state, serial);
            }
        }
    }

    @Test
    void aCrashAfterAChangeByAnotherEngineLosesNothingOfThatChange() {
        Cases.of(Pair.all()).check(pair -> actAndDieAtEachStep(pair.operation, pair.other, orderFor(pair)));
    }

    /** What a process leaves that dies at a step is what the store holds at this step: nothing reaches it afterwards. */
    private void actAndDieAtEachStep(Operation operation, Operation other, BatchOrder order) {
        List<Map<String, String>> allowed = List.of(after(operation, other), after(other, operation), after(other));
        int steps = steps(operation);
        for (int actAt = 0; actAt < steps; actAt++) {
            ObjectStore store = prepare();
            StorageRegistry second = registry(store);
            Leftovers leftovers = new Leftovers(store, actAt, () -> succeeds(other, second, world));
            succeeds(operation, registry(new SteppedStore(store, leftovers, order)), world);
            String where = other + " at step " + actAt + " of " + operation + " that died at step ";
            leftovers.left.forEach((dieAt, left) -> requireEachItemFrom(where + dieAt, settled(left), allowed));
        }
    }

    /** Does something at one step, and keeps what the store holds at that step and each later one. */
    private final class Leftovers implements SteppedStore.Steps {
        private final ObjectStore store;
        private final int actAt;
        private final Runnable act;

        /** By the step, without those at which the store holds what it has held at the one before. */
        private final Map<Integer, ObjectStore> left = new TreeMap<>();

        private Optional<Digest> last = Optional.empty();
        private int steps;

        Leftovers(ObjectStore store, int actAt, Runnable act) {
            this.store = store;
            this.actAt = actAt;
            this.act = act;
        }

        @Override
        public void step() {
            int step = steps++;
            if (step == actAt) {
                act.run();
            }
            if (step >= actAt) {
                Optional<Digest> content = Optional.of(StoreCopies.digest(store));
                if (!content.equals(last)) {
                    last = content;
                    left.put(step, copy(store));
                }
            }
        }
    }

    private int steps(Operation operation) {
        Script counting = new Script(-1, () -> {}, Integer.MAX_VALUE);
        succeeds(operation, registry(new SteppedStore(prepare(), counting)), world);
        return counting.steps;
    }

    /** Settles a store that is not used afterwards. Stores with the same content are settled once. */
    private Map<String, String> settled(ObjectStore store) {
        Digest content = StoreCopies.digest(store);
        Map<String, String> before = settledStates.get(content);
        if (before != null) {
            return before;
        }
        Map<String, String> state = settle(store);
        settledStates.put(content, state);
        return state;
    }

    /** Looks twice: what the first look finds left over by an operation that never came to its end, it removes. */
    private Map<String, String> settle(ObjectStore store) {
        requireNothingMissing("first look", look(store));
        Map<String, String> state = look(store);
        requireConsistent("settled", state);
        return state;
    }

    /** Whatever happened: what is there is listed, what is listed is there, and an image has all its parts. */
    private void requireConsistent(String where, Map<String, String> state) {
        for (var repository : world.repositories()) {
            boolean anyManifest = anyManifest(state, repository);
            assertThat(state.get(repository + " in the catalogue"))
                    .as(where + ": " + repository + " in the catalogue of " + state)
                    .isEqualTo(String.valueOf(anyManifest));
            for (Tag tag : world.tags()) {
                String target = state.get(repository + ":" + tag);
                assertThat(state.get(repository + ":" + tag + " listed"))
                        .as(where + ": " + tag + " listed in " + state)
                        .isEqualTo(String.valueOf(!target.equals("none")));
            }
        }
    }

    private void requireEachItemFrom(String where, Map<String, String> state, List<Map<String, String>> allowed) {
        state.forEach((item, value) -> {
            Set<String> possible = new HashSet<>();
            allowed.forEach(one -> possible.add(one.get(item)));
            if (!possible.contains(value)) {
                fail(where + ": " + item + " is " + value + ", not one of " + possible);
            }
        });
    }

    @Test
    void aFailedStoreCallIsAnErrorAndHasNoOtherEffect() {
        Cases.of(Operation.values()).check(operation -> {
            for (BatchOrder order : BatchOrder.values()) {
                failAtEachStep(operation, order);
            }
        });
    }

    private void failAtEachStep(Operation operation, BatchOrder order) {
        Map<String, String> before = after();
        Map<String, String> done = after(operation);
        int steps = steps(operation);
        for (int failAt = 0; failAt < steps; failAt++) {
            ObjectStore store = prepare();
            int step = failAt;
            SteppedStore.Steps failing = new SteppedStore.Steps() {
                private int count;

                @Override
                public void step() {
                    if (count++ == step) {
                        throw new UncheckedIOException(new IOException("the disk is gone for a moment"));
                    }
                }
            };
            try {
                operation.run(registry(new SteppedStore(store, failing, order)), world);
            } catch (RegistryException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            requireConsistent("first look after a failure at " + failAt, look(store));
            requireEachItemFrom(operation + " with a failure at " + failAt, settled(store), List.of(before, done));
        }
    }
}
