package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.TagCondition;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of two conditional writes of a tag that meet at any store call, one is refused. */
class TagConditionTest {
    private final World world = new World();

    /** A condition that holds for one of two writers only, of a tag that names the signature before, or nothing. */
    private record Case(boolean tagged, Function<World, TagCondition> condition) {}

    private static Stream<Case> cases() {
        return Stream.of(
                new Case(false, world -> TagCondition.absent()),
                new Case(true, world -> TagCondition.currently(world.signature.digest())));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneOfTwoWritersWins(Case race) {
        boolean more = true;
        for (int actAt = 0; more; actAt++) {
            ObjectStore store = MemoryObjectStore.create();
            Repository app = StorageRegistry.over(store).repository(world.app);
            world.pushBlobs(StorageRegistry.over(store), world.app);
            app.manifests().put(world.first);
            app.manifests().put(world.second);
            app.manifests().put(world.signature);
            if (race.tagged()) {
                app.tags().put(world.latest, world.signature.digest());
            }
            TagCondition condition = race.condition().apply(world);
            int at = actAt;
            boolean[] other = new boolean[2];
            SteppedStore stepped = new SteppedStore(store, new SteppedStore.Steps() {
                private int steps;

                @Override
                public void step() {
                    if (steps++ == at) {
                        other[0] = true;
                        other[1] = succeeds(() -> app.tags().put(world.latest, world.second.digest(), condition));
                    }
                }
            });
            Repository own = StorageRegistry.over(stepped).repository(world.app);
            boolean won = succeeds(() -> own.tags().put(world.latest, world.first.digest(), condition));
            more = other[0];
            assertThat(won).as("won, the other one acting at step %d", actAt).isNotEqualTo(other[1]);
            assertThat(app.tags().resolve(world.latest).map(Descriptor::digest))
                    .contains(won ? world.first.digest() : world.second.digest());
            assertThat(app.tags().list()).containsExactly(world.latest);
        }
    }

    private static boolean succeeds(Runnable put) {
        try {
            put.run();
            return true;
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
            return false;
        }
    }
}
