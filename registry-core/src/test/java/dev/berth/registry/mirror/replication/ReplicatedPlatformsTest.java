package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.mirror.replication.ReplicationRule.Conflicts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules for some platforms, whose images have other digests at the target. */
class ReplicatedPlatformsTest {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.of("linux", "arm64");
    private static final Platform S390 = Platform.of("linux", "s390x");
    private static final Tag ONE = Tag.parse("1");

    private final World world = new World();
    private final Place here = world.place("here");
    private final Place there = world.place("there");
    private final Link link = new Link(there.registry);

    private World.Node pushing(Platform... platforms) {
        return world.node(
                here,
                builder -> builder.rule(
                        ReplicationRule.builder("there")
                                .platforms(List.of(platforms))
                                .deletions(true)
                                .referrers(false)
                                .build(),
                        link.registry));
    }

    private Manifest index(Platform... platforms) {
        return here.images().index(here.repository("team/app"), List.of(platforms), ONE);
    }

    private Digest present() {
        return there.digest("team/app", "1").orElseThrow();
    }

    @Test
    void nothingIsWrittenTwiceThoughTheDigestsDiffer() {
        Manifest index = index(AMD64, ARM64, S390);
        World.Node node = pushing(AMD64, ARM64);
        node.run();
        assertThat(present()).isNotEqualTo(index.digest());
        there.requireComplete();
        link.forget();
        world.passInterval();
        assertThat(link.writes).isEmpty();
        assertThat(node.status().differences()).isEmpty();
    }

    @Test
    void movesAndDeletionsAreCarriedOver() {
        index(AMD64, ARM64);
        World.Node node = pushing(AMD64);
        node.run();
        Digest first = present();
        index(AMD64, ARM64);
        node.run();
        assertThat(present()).isNotEqualTo(first);
        here.delete("team/app", "1");
        node.run();
        assertThat(there.tags()).isEmpty();
    }

    @Test
    void aChangeOfTheTargetIsStillOne() {
        index(AMD64, ARM64);
        World.Node node = pushing(AMD64);
        node.run();
        there.push("team/app", "1");
        world.passInterval();
        assertThat(node.status().differing(ReplicationDifference.Kind.TARGET_CHANGED))
                .isEqualTo(1);
    }

    @Test
    void otherPlatformsOfTheRuleAreCarriedOverAgain() {
        index(AMD64, ARM64);
        World.Node node = pushing(AMD64);
        node.run();
        Digest amd64 = present();
        node.die();
        World.Node next = pushing(ARM64);
        next.run();
        assertThat(present()).isNotEqualTo(amd64);
        assertThat(next.status().differences()).isEmpty();
        Digest arm64 = present();
        next.die();
        pushing(AMD64).run();
        assertThat(present()).isEqualTo(amd64).isNotEqualTo(arm64);
    }

    @Test
    void anImageWithoutThePlatformFails() {
        index(ARM64);
        World.Node node = pushing(AMD64);
        node.run();
        world.pass(Duration.ofMinutes(1), Duration.ofSeconds(5));
        assertThat(there.tags()).isEmpty();
        assertThat(node.status().failures().get(0).reason()).contains("linux/amd64");
        assertThat(node.status().queued()).isZero();
    }

    @Test
    void aConflictThatWasDecidedForTheTargetEndsWhenTheyAgree() {
        Manifest theirs = there.push("team/app", "1");
        index(AMD64, ARM64);
        World.Node node = world.node(
                here,
                builder -> builder.rule(
                        ReplicationRule.builder("there")
                                .platforms(List.of(AMD64))
                                .conflicts(Conflicts.TARGET)
                                .build(),
                        there.registry));
        world.passInterval();
        assertThat(present()).isEqualTo(theirs.digest());
        assertThat(node.status().differences()).isEmpty();
        Manifest next = index(AMD64, ARM64);
        node.run();
        assertThat(present()).isNotEqualTo(theirs.digest()).isNotEqualTo(next.digest());
    }
}
