package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.mirror.replication.ReplicationRule.Direction;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is at the source comes to the target. */
class CarryTest {
    private final World world = new World();
    private final Place here = world.place("here");
    private final Place there = world.place("there");
    private final Link link = new Link(there.registry);

    private World.Node pushing(ReplicationRule.Builder rule) {
        return world.node(here, builder -> builder.rule(rule.build(), link.registry));
    }

    private World.Node pushing() {
        return pushing(ReplicationRule.builder("there"));
    }

    @Test
    void theFirstRunFillsTheTargetUp() {
        here.push("team/app", "1", "latest");
        here.push("team/app", "2");
        here.push("team/other", "1");
        World.Node node = pushing();
        node.run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(4);
        there.requireComplete();
        ReplicationStatus status = node.status();
        assertThat(status.carried()).isEqualTo(4);
        assertThat(status.bytes()).isPositive();
        assertThat(status.queued()).isZero();
        assertThat(status.lastComparison().orElseThrow().complete()).isTrue();
        assertThat(status.lastComparison().orElseThrow().repositories()).isEqualTo(2);
        assertThat(status.lastComparison().orElseThrow().tags()).isEqualTo(4);
    }

    @Test
    void whatIsPushedIsCarriedOverAtOnce() {
        World.Node node = pushing();
        node.run();
        here.push("team/app", "1");
        assertThat(node.status().queued()).isEqualTo(1);
        world.clock.advance(Duration.ofSeconds(7));
        assertThat(node.status().lag(world.clock.instant())).isEqualTo(Duration.ofSeconds(7));
        node.run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(1);
        assertThat(node.status().lag(world.clock.instant())).isZero();
    }

    @Test
    void aTagThatMovesOftenIsLookedAtOnce() {
        World.Node node = pushing();
        node.run();
        for (int i = 0; i < 50; i++) {
            here.push("team/app", "latest");
        }
        assertThat(node.status().queued()).isEqualTo(1);
        node.run();
        assertThat(there.tags()).isEqualTo(here.tags());
        assertThat(node.status().carried()).isEqualTo(1);
    }

    @Test
    void aMovedTagIsMoved() {
        World.Node node = pushing();
        here.push("team/app", "latest");
        node.run();
        Manifest second = here.push("team/app", "latest");
        node.run();
        assertThat(there.digest("team/app", "latest")).contains(second.digest());
    }

    @Test
    void aMovedTagStaysWhereTheRuleSaysSo() {
        World.Node node = pushing(ReplicationRule.builder("there").moves(false));
        Manifest first = here.push("team/app", "latest");
        node.run();
        here.push("team/app", "latest");
        here.push("team/app", "new");
        node.run();
        assertThat(there.digest("team/app", "latest")).contains(first.digest());
        assertThat(there.digest("team/app", "new")).isPresent();
        assertThat(node.status().differing(ReplicationDifference.Kind.NOT_CARRIED))
                .isEqualTo(1);
    }

    @Test
    void aComparisonFindsWhatNobodyHasToldOf() {
        World.Node node = pushing();
        node.run();
        node.hears = false;
        here.push("team/app", "1");
        node.run();
        assertThat(there.tags()).isEmpty();
        world.passInterval();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(1);
    }

    @Test
    void nothingIsLostWhileTheTargetIsAway() {
        World.Node node = pushing();
        node.run();
        link.cut(true);
        here.push("team/app", "1");
        here.push("team/app", "2");
        world.pass(Duration.ofHours(1), Duration.ofSeconds(30));
        assertThat(there.tags()).isEmpty();
        assertThat(node.status().lag(world.clock.instant())).isGreaterThanOrEqualTo(Duration.ofHours(1));
        assertThat(node.status().problem().orElseThrow()).contains("cannot be reached");
        assertThat(node.status().pausedUntil()).isPresent();
        assertThat(node.status().failures()).isNotEmpty();
        link.cut(false);
        world.pass(Duration.ofMinutes(10), Duration.ofSeconds(30));
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(2);
        assertThat(node.status().failures()).isEmpty();
        assertThat(node.status().problem()).isEmpty();
        assertThat(node.status().queued()).isZero();
    }

    @Test
    void nothingIsLostWhileTheNodeIsAway() {
        World.Node node = pushing();
        node.run();
        node.die();
        here.push("team/app", "1");
        World.Node next = pushing();
        next.run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(1);
    }

    @Test
    void aRulePullsFromTheOtherRegistry() {
        there.push("team/app", "1");
        World.Node node = pushing(ReplicationRule.builder("from-there").direction(Direction.PULL));
        node.run();
        assertThat(here.tags()).isEqualTo(there.tags()).hasSize(1);
        Manifest moved = there.push("team/app", "1");
        node.run();
        assertThat(here.digest("team/app", "1")).isNotEqualTo(Optional.of(moved.digest()));
        world.passInterval();
        assertThat(here.digest("team/app", "1")).contains(moved.digest());
    }

    @Test
    void aRuleThatPullsHearsOfTheOtherRegistryIfItIsTold() {
        World.Node node = pushing(ReplicationRule.builder("from-there").direction(Direction.PULL));
        there.listeners.add(node.replication.changesOf("from-there")::onEvent);
        node.run();
        there.push("team/app", "1");
        here.push("team/mine", "1");
        node.run();
        assertThat(here.digest("team/app", "1"))
                .isEqualTo(there.digest("team/app", "1"))
                .isPresent();
        assertThat(there.digest("team/mine", "1")).isEmpty();
    }

    @Test
    void whatDoesNotFitIntoMemoryIsFoundByAComparison() {
        World.Node node = world.node(
                here,
                builder -> builder.rule(ReplicationRule.builder("there").build(), link.registry)
                        .capacity(3));
        node.run();
        for (int i = 0; i < 20; i++) {
            here.push("team/app", "tag-" + i);
        }
        assertThat(node.status().queued()).isEqualTo(3);
        node.run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(20);
    }

    @Test
    void aRunOnDemandDoesEverything() {
        World.Node node = pushing();
        node.hears = false;
        here.push("team/app", "1");
        node.replication.run();
        here.push("team/app", "2");
        node.replication.run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(2);
    }
}
