package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.mirror.replication.ReplicationDifference.Kind;
import dev.berth.registry.mirror.replication.ReplicationRule.Conflicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A tag that both sides have changed. */
class ConflictTest {
    private final World world = new World();
    private final Place here = world.place("here");
    private final Place there = world.place("there");
    private final List<ReplicationDifference> told = new ArrayList<>();

    private World.Node pushing(ReplicationRule.Builder rule) {
        return world.node(
                here,
                builder -> builder.rule(rule.build(), there.registry).listener(new ReplicationListener() {
                    @Override
                    public void differs(String name, ReplicationDifference difference) {
                        told.add(difference);
                    }
                }));
    }

    private World.Node pushing(Conflicts conflicts) {
        return pushing(ReplicationRule.builder("there").deletions(true).conflicts(conflicts));
    }

    /** Moves the tag at both sides while nobody looks. */
    private List<Manifest> bothChange(World.Node node) {
        here.push("team/app", "1");
        node.run();
        return List.of(here.push("team/app", "1"), there.push("team/app", "1"));
    }

    @Test
    void isReportedUntilItIsGone() {
        World.Node node = pushing(Conflicts.REPORT);
        here.push("team/app", "1");
        node.run();
        Optional<Digest> agreed = here.digest("team/app", "1");
        Manifest ours = here.push("team/app", "1");
        Manifest theirs = there.push("team/app", "1");
        node.run();
        world.passInterval();
        assertThat(there.digest("team/app", "1")).contains(theirs.digest());
        assertThat(here.digest("team/app", "1")).contains(ours.digest());
        assertThat(node.status().differing()).containsOnlyKeys(Kind.CONFLICT);
        ReplicationDifference difference = node.status().differences().get(0);
        assertThat(difference.repository()).isEqualTo(RepositoryName.parse("team/app"));
        assertThat(difference.tag()).isEqualTo(Tag.parse("1"));
        assertThat(difference.wanted()).contains(ours.digest());
        assertThat(difference.target()).contains(theirs.digest());
        assertThat(difference.agreed()).isEqualTo(agreed);
        assertThat(told).containsExactly(difference);

        here.delete("team/app", "1");
        here.registry
                .repository("team/app")
                .tags()
                .put(Tag.parse("1"), copied(theirs).digest());
        node.run();
        assertThat(node.status().differences()).isEmpty();
    }

    /** Brings their image here, as a person would who decides for it. */
    private Manifest copied(Manifest theirs) {
        ImageCopier.create()
                .copy(
                        ImageLocation.of(there.registry, "team/app@" + theirs.digest()),
                        ImageLocation.of(here.registry, "team/app@" + theirs.digest()));
        return theirs;
    }

    @Test
    void isDecidedForTheSourceWhenItHasStayedTheSame() {
        World.Node node = pushing(Conflicts.SOURCE);
        List<Manifest> both = bothChange(node);
        node.run();
        assertThat(there.digest("team/app", "1")).contains(both.get(1).digest());
        assertThat(node.status().differing(Kind.CONFLICT)).isEqualTo(1);
        world.pass(Duration.ofMinutes(1), Duration.ofSeconds(5));
        assertThat(there.digest("team/app", "1")).contains(both.get(0).digest());
        assertThat(node.status().differences()).isEmpty();
        assertThat(node.status().queued()).isZero();
    }

    @Test
    void isDecidedForTheTargetUntilTheSourceChanges() {
        World.Node node = pushing(Conflicts.TARGET);
        List<Manifest> both = bothChange(node);
        node.run();
        world.passInterval();
        assertThat(there.digest("team/app", "1")).contains(both.get(1).digest());
        assertThat(here.digest("team/app", "1")).contains(both.get(0).digest());
        assertThat(node.status().differences()).isEmpty();
        Manifest next = here.push("team/app", "1");
        node.run();
        assertThat(there.digest("team/app", "1")).contains(next.digest());
    }

    @Test
    void aTagThatTheyNeverAgreedOnIsOne() {
        Manifest theirs = there.push("team/app", "1");
        here.push("team/app", "1");
        World.Node node = pushing(Conflicts.REPORT);
        node.run();
        assertThat(there.digest("team/app", "1")).contains(theirs.digest());
        assertThat(node.status().differing(Kind.CONFLICT)).isEqualTo(1);
    }

    @Test
    void aTagThatBothMadeTheSameIsNone() {
        World.Node node = pushing(Conflicts.REPORT);
        Manifest ours = here.push("team/app", "1");
        copiedThere(ours);
        node.run();
        assertThat(node.status().differences()).isEmpty();
        assertThat(node.status().carried()).isZero();
        here.delete("team/app", "1");
        node.run();
        assertThat(there.tags()).isEmpty();
    }

    private void copiedThere(Manifest ours) {
        ImageCopier.create()
                .copy(
                        ImageLocation.of(here.registry, "team/app@" + ours.digest()),
                        ImageLocation.of(there.registry, "team/app:1"));
    }

    @Test
    void aDeletionGivesWayToANewImage() {
        World.Node node = pushing(Conflicts.REPORT);
        here.push("team/app", "1");
        node.run();
        there.delete("team/app", "1");
        Manifest ours = here.push("team/app", "1");
        node.run();
        assertThat(there.digest("team/app", "1")).contains(ours.digest());
    }

    @Test
    void aDeletionWinsOverANewImageIfTheSourceIsToWin() {
        World.Node node = pushing(Conflicts.SOURCE);
        here.push("team/app", "1");
        node.run();
        there.push("team/app", "1");
        here.delete("team/app", "1");
        world.pass(Duration.ofMinutes(1), Duration.ofSeconds(5));
        assertThat(there.tags()).isEmpty();
    }

    @Test
    void whatOnlyTheTargetHasChangedIsReported() {
        World.Node node = pushing(Conflicts.SOURCE);
        here.push("team/app", "1", "2");
        node.run();
        Manifest theirs = there.push("team/app", "1");
        there.delete("team/app", "2");
        world.passInterval();
        assertThat(there.digest("team/app", "1")).contains(theirs.digest());
        assertThat(there.digest("team/app", "2")).isEmpty();
        assertThat(node.status().differing(Kind.TARGET_CHANGED)).isEqualTo(2);
        assertThat(node.status().differing(Kind.CONFLICT)).isZero();
    }

    @Test
    void whatOnlyTheTargetHasChangedIsUndoneIfTheRuleSaysSo() {
        World.Node node = pushing(ReplicationRule.builder("there").overwrites(true));
        here.push("team/app", "1", "2");
        node.run();
        there.push("team/app", "1");
        there.delete("team/app", "2");
        world.passInterval();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(2);
    }

    @Test
    void aRuleForNewTagsDecidesForNoSource() {
        World.Node node = pushing(ReplicationRule.builder("there").moves(false).conflicts(Conflicts.SOURCE));
        Manifest theirs = there.push("team/app", "1");
        here.push("team/app", "1");
        world.passInterval();
        assertThat(there.digest("team/app", "1")).contains(theirs.digest());
        assertThat(node.status().differing(Kind.CONFLICT)).isEqualTo(1);
    }
}
