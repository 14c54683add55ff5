package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is deleted at the source is deleted at the target, where the rule says so. */
class DeletionTest {
    private final World world = new World();
    private final Place here = world.place("here");
    private final Place there = world.place("there");
    private final Link link = new Link(there.registry);

    private World.Node pushing(ReplicationRule.Builder rule) {
        return world.node(here, builder -> builder.rule(rule.build(), link.registry));
    }

    private World.Node pushing() {
        return pushing(ReplicationRule.builder("there").deletions(true));
    }

    @Test
    void aDeletedTagIsDeletedAndItsManifestStays() {
        World.Node node = pushing();
        Manifest image = here.push("team/app", "1", "2");
        node.run();
        here.delete("team/app", "1");
        node.run();
        assertThat(there.tags()).containsOnlyKeys("team/app:2");
        assertThat(there.repository("team/app").manifests().find(image.digest()))
                .isPresent();
        assertThat(node.status().deleted()).isEqualTo(1);
    }

    @Test
    void aDeletedManifestTakesAllItsTags() {
        World.Node node = pushing();
        Manifest image = here.push("team/app", "1", "2");
        here.push("team/app", "3");
        node.run();
        here.repository("team/app").manifests().delete(image.digest());
        node.run();
        assertThat(there.tags()).containsOnlyKeys("team/app:3");
    }

    @Test
    void nothingIsDeletedUnlessTheRuleSaysSo() {
        World.Node node = pushing(ReplicationRule.builder("there"));
        here.push("team/app", "1", "2");
        node.run();
        here.delete("team/app", "1");
        node.run();
        world.passInterval();
        assertThat(there.tags()).containsOnlyKeys("team/app:1", "team/app:2");
        assertThat(node.status().differing(ReplicationDifference.Kind.NOT_CARRIED))
                .isEqualTo(1);
    }

    @Test
    void aDeletionThatNobodyHasToldOfIsFound() {
        World.Node node = pushing();
        here.push("team/app", "1", "2");
        here.push("team/gone", "1");
        node.run();
        node.hears = false;
        here.delete("team/app", "1");
        here.repository("team/gone")
                .manifests()
                .delete(here.digest("team/gone", "1").orElseThrow());
        world.passInterval();
        assertThat(there.tags()).containsOnlyKeys("team/app:2");
    }

    @Test
    void whatOnlyTheTargetHasStays() {
        there.push("team/app", "mine");
        there.push("team/mine", "1");
        World.Node node = pushing();
        here.push("team/app", "1");
        node.run();
        world.passInterval();
        assertThat(there.tags()).containsOnlyKeys("team/app:1", "team/app:mine", "team/mine:1");
        assertThat(node.status().differences()).isEmpty();
    }

    @Test
    void aTagThatTheTargetHasChangedIsAConflict() {
        World.Node node = pushing();
        here.push("team/app", "1");
        node.run();
        Manifest theirs = there.push("team/app", "1");
        here.delete("team/app", "1");
        node.run();
        assertThat(there.digest("team/app", "1")).contains(theirs.digest());
        assertThat(node.status().differing(ReplicationDifference.Kind.CONFLICT)).isEqualTo(1);
    }

    @Test
    void theTagIsNotDeletedIfItMovesAtTheLastMoment() {
        World.Node node = pushing();
        here.push("team/app", "1");
        node.run();
        here.delete("team/app", "1");
        Manifest[] theirs = new Manifest[1];
        link.before(() -> {
            if (link.reads.stream().anyMatch(read -> read.startsWith("Tags.resolve")) && theirs[0] == null) {
                theirs[0] = there.push("team/app", "1");
            }
        });
        link.forget();
        node.run();
        world.pass(Duration.ofMinutes(1), Duration.ofSeconds(1));
        assertThat(theirs[0]).isNotNull();
        assertThat(there.digest("team/app", "1")).contains(theirs[0].digest());
    }

    @Test
    void aSourceThatHasLostNearlyEverythingDeletesNothing() {
        World.Node node = pushing();
        for (int i = 0; i < 30; i++) {
            here.push("team/app", "tag-" + i);
        }
        node.run();
        node.hears = false;
        for (int i = 0; i < 25; i++) {
            here.delete("team/app", "tag-" + i);
        }
        world.passInterval();
        assertThat(there.tags()).hasSize(30);
        assertThat(node.status().problem().orElseThrow())
                .contains("30 tags")
                .contains("25 are gone")
                .contains("mostDeleted");
        assertThat(node.status().lastComparison().orElseThrow().complete()).isFalse();
    }

    @Test
    void aRuleMayAllowThatEverythingIsDeleted() {
        World.Node node =
                pushing(ReplicationRule.builder("there").deletions(true).mostDeleted(100));
        for (int i = 0; i < 30; i++) {
            here.push("team/app", "tag-" + i);
        }
        node.run();
        node.hears = false;
        for (int i = 0; i < 30; i++) {
            here.delete("team/app", "tag-" + i);
        }
        world.passInterval();
        assertThat(there.tags()).isEmpty();
    }

    @Test
    void aTagThatComesBackIsCarriedOver() {
        World.Node node = pushing();
        here.push("team/app", "1");
        node.run();
        here.delete("team/app", "1");
        node.run();
        Manifest again = here.push("team/app", "1");
        node.run();
        assertThat(there.digest("team/app", "1")).contains(again.digest());
    }
}
