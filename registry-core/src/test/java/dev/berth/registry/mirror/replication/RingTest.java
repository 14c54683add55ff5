package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that replicate in a circle: A to B and back, or A to B to C to A. */
class RingTest {
    private final World world = new World();
    private final List<Place> places = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    private void ring(int size) {
        for (int i = 0; i < size; i++) {
            places.add(world.place("place-" + i));
        }
        for (int i = 0; i < size; i++) {
            Link link = new Link(places.get((i + 1) % size).registry);
            links.add(link);
            world.node(
                    places.get(i),
                    builder -> builder.rule(
                            ReplicationRule.builder("next").deletions(true).build(), link.registry));
        }
        world.run();
    }

    private void runRound() {
        places.forEach(place -> world.run());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void whatIsPushedAnywhereIsEverywhere(int size) {
        ring(size);
        for (int i = 0; i < size; i++) {
            places.get(i).push("team/app", "from-" + i);
        }
        runRound();
        for (Place place : places) {
            assertThat(place.tags()).isEqualTo(places.get(0).tags()).hasSize(size);
            place.requireComplete();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void movesGoRoundOnceAndEnd(int size) {
        ring(size);
        places.get(0).push("team/app", "1");
        runRound();
        Manifest moved = places.get(size - 1).push("team/app", "1");
        links.forEach(Link::forget);
        runRound();
        for (Place place : places) {
            assertThat(place.digest("team/app", "1")).contains(moved.digest());
        }
        // The last of them need not write: who has pushed it has it.
        assertThat(links.stream()
                        .flatMap(link -> link.writes.stream())
                        .filter(write -> write.startsWith("Manifests.put")))
                .hasSize(size - 1);
        links.forEach(Link::forget);
        world.pass(World.INTERVAL.multipliedBy(4), Duration.ofMinutes(1));
        assertThat(links.stream().flatMap(link -> link.writes.stream())).isEmpty();
        // A comparison looks each tag up, and the manifest of its image, and there are four or five.
        for (Link link : links) {
            assertThat(link.reads).hasSizeLessThanOrEqualTo(10);
        }
        assertThat(world.nodes)
                .allSatisfy(node -> assertThat(node.status().differences()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void aDeletionGoesRoundAndIsNotUndone(int size) {
        ring(size);
        places.get(0).push("team/app", "1", "2");
        runRound();
        places.get(size - 1).delete("team/app", "1");
        runRound();
        world.passInterval();
        for (Place place : places) {
            assertThat(place.tags()).containsOnlyKeys("team/app:2");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aDeletionIsNotUndoneByWhoWasAwayMeanwhile(int size) {
        ring(size);
        places.get(0).push("team/app", "1", "2");
        runRound();
        world.nodes.get(1).hears = false;
        links.get(0).cut(true);
        places.get(0).delete("team/app", "1");
        world.passInterval();
        links.get(0).cut(false);
        world.passInterval();
        world.passInterval();
        for (Place place : places) {
            assertThat(place.tags()).containsOnlyKeys("team/app:2");
        }
    }
}
