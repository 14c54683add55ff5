package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several nodes over one store. */
class SeveralNodesTest {
    private final World world = new World();
    private final Place here = world.place("here");
    private final Place there = world.place("there");
    private final Link link = new Link(there.registry);

    private World.Node node() {
        return world.node(
                here,
                builder -> builder.rule(
                        ReplicationRule.builder("there").deletions(true).build(), link.registry));
    }

    @Test
    void allCarryOverWhatTheyHearAndNothingIsDoneTwice() {
        World.Node first = node();
        World.Node second = node();
        world.run();
        here.push("team/app", "1");
        world.run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(1);
        assertThat(first.status().carried() + second.status().carried()).isEqualTo(1);
    }

    @Test
    void inAnIntervalOneOfThemCompares() {
        World.Node first = node();
        World.Node second = node();
        here.push("team/app", "1");
        world.run();
        // At its start each does, since it may have missed something.
        assertThat(first.status().lastComparison()).isPresent();
        assertThat(second.status().lastComparison()).isPresent();
        link.forget();
        world.pass(World.INTERVAL.multipliedBy(4), Duration.ofSeconds(20));
        // Four comparisons of one tag: its digest, and its manifest.
        assertThat(link.reads).hasSizeBetween(2 * 3, 2 * 5);
    }

    @Test
    void anotherOneComparesWhenOneDiesAtIt() {
        for (int i = 0; i < 5; i++) {
            here.push("team/app", "tag-" + i);
        }
        World.Node first = node();
        first.store.dieAt(12, true);
        first.run();
        assertThat(first.isDead()).isTrue();
        assertThat(there.tags()).hasSizeLessThan(5);
        World.Node second = node();
        second.run();
        assertThat(second.status().lastComparison()).isEmpty();
        world.pass(Duration.ofMinutes(1), Duration.ofSeconds(5));
        assertThat(second.status().lastComparison()).isPresent();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(5);
    }

    @Test
    void oneThatIsClosedLetsAnotherOneCompareAtOnce() {
        World.Node first = node();
        first.run();
        first.replication.close();
        World.Node second = node();
        second.run();
        assertThat(second.status().lastComparison()).isPresent();
    }
}
