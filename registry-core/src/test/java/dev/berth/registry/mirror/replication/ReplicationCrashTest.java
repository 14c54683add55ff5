package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that dies before or after any call of its store, and another one that goes on. */
class ReplicationCrashTest {

    @ParameterizedTest(name = "after the call: {0}")
    @ValueSource(booleans = {false, true})
    void nothingIsLostAndNothingIsTakenForAConflict(boolean after) {
        for (int call = 1; ; call++) {
            World world = new World();
            Place here = world.place("here");
            Place there = world.place("there");
            Link link = new Link(there.registry);
            World.Node first = world.node(here, builder -> builder.rule(rule(), link.registry));
            here.push("team/app", "moved", "deleted", "kept");
            first.run();
            Manifest moved = here.push("team/app", "moved");
            here.delete("team/app", "deleted");
            here.push("team/app", "new");
            // A comparison is due as well.
            world.clock.advance(World.INTERVAL);
            first.store.dieAt(call, after);
            first.run();
            boolean died = first.isDead();
            first.die();

            // It changes again before the next node begins, which must know which of the images there is the older one.
            Manifest again = here.push("team/app", "moved");
            World.Node second = world.node(here, builder -> builder.rule(rule(), link.registry));
            world.pass(Duration.ofMinutes(2), Duration.ofSeconds(10));
            assertThat(again).isNotEqualTo(moved);
            assertThat(there.tags()).as("died at call %d", call).isEqualTo(here.tags());
            assertThat(second.status().differences())
                    .as("died at call %d", call)
                    .isEmpty();
            there.requireComplete();
            if (!died) {
                assertThat(call).isGreaterThan(15);
                return;
            }
        }
    }

    private static ReplicationRule rule() {
        return ReplicationRule.builder("there").deletions(true).build();
    }

    @ParameterizedTest(name = "after the call: {0}")
    @ValueSource(booleans = {false, true})
    void aDecisionForTheTargetSurvives(boolean after) {
        for (int call = 1; ; call++) {
            World world = new World();
            Place here = world.place("here");
            Place there = world.place("there");
            ReplicationRule rule = ReplicationRule.builder("there")
                    .conflicts(ReplicationRule.Conflicts.TARGET)
                    .build();
            World.Node first = world.node(here, builder -> builder.rule(rule, there.registry));
            here.push("team/app", "1");
            first.run();
            here.push("team/app", "1");
            Manifest theirs = there.push("team/app", "1");
            first.run();
            world.clock.advance(Duration.ofMinutes(1));
            first.store.dieAt(call, after);
            first.run();
            boolean died = first.isDead();
            first.die();
            World.Node second = world.node(here, builder -> builder.rule(rule, there.registry));
            world.pass(Duration.ofMinutes(3), Duration.ofSeconds(10));
            assertThat(there.digest("team/app", "1")).contains(theirs.digest());
            assertThat(second.status().differences()).isEmpty();
            if (!died) {
                return;
            }
        }
    }

    @ParameterizedTest(name = "answer lost after the call: {0}")
    @ValueSource(booleans = {true, false})
    void aTagWhoseAnswerWasLostIsNoConflict(boolean after) {
        World world = new World();
        Place here = world.place("here");
        Place there = world.place("there");
        Link link = new Link(there.registry);
        World.Node node = world.node(here, builder -> builder.rule(rule(), link.registry));
        here.push("team/app", "1");
        node.run();
        here.push("team/app", "1");
        link.failNext("Manifests.put", after);
        node.run();
        assertThat(node.status().failing()).isEqualTo(1);
        Manifest third = here.push("team/app", "1");
        world.pass(Duration.ofMinutes(1), Duration.ofSeconds(5));
        assertThat(there.digest("team/app", "1")).contains(third.digest());
        assertThat(node.status().differences()).isEmpty();
        assertThat(node.status().failing()).isZero();
    }
}
