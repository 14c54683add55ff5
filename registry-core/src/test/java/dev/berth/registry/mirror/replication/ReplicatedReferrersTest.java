package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.TagPattern;
import dev.berth.registry.manifest.SignatureTags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures, SBOMs and what else refers to images. */
class ReplicatedReferrersTest {
    private static final String SBOM = "application/vnd.example.sbom";

    private final World world = new World();
    private final Place here = world.place("here");
    private final Place there = world.place("there");

    private World.Node pushing(ReplicationRule.Builder rule) {
        return world.node(here, builder -> builder.rule(rule.build(), there.registry));
    }

    private World.Node pushing() {
        return pushing(ReplicationRule.builder("there"));
    }

    private List<Digest> referrers(Manifest image) {
        return there.repository("team/app").manifests().referrers(image.digest()).stream()
                .map(Descriptor::digest)
                .toList();
    }

    private Manifest refer(Manifest subject) {
        return here.images().referrer(here.repository("team/app"), subject.descriptor(), SBOM);
    }

    private static String signature(Manifest image) {
        return SignatureTags.of(image.digest()).get(0).value();
    }

    @Test
    void comeWithTheirImage() {
        Manifest image = here.push("team/app", "1");
        Manifest sbom = refer(image);
        Manifest signature = refer(sbom);
        pushing().run();
        assertThat(referrers(image)).containsExactly(sbom.digest());
        assertThat(referrers(sbom)).containsExactly(signature.digest());
    }

    @Test
    void followAtOnceWhenTheyArePushedLater() {
        World.Node node = pushing();
        Manifest image = here.push("team/app", "1");
        node.run();
        Manifest sbom = refer(image);
        node.run();
        assertThat(referrers(image)).containsExactly(sbom.digest());
    }

    @Test
    void areFoundByAComparison() {
        World.Node node = pushing();
        Manifest image = here.push("team/app", "1");
        node.run();
        node.hears = false;
        Manifest sbom = refer(image);
        world.passInterval();
        assertThat(referrers(image)).containsExactly(sbom.digest());
    }

    @Test
    void stayWhereTheRuleSaysSo() {
        World.Node node = pushing(ReplicationRule.builder("there").referrers(false));
        Manifest image = here.push("team/app", "1");
        refer(image);
        here.push("team/app", signature(image));
        node.run();
        world.passInterval();
        assertThat(referrers(image)).isEmpty();
        assertThat(there.tags()).containsOnlyKeys("team/app:1");
    }

    @Test
    void cosignsTagsComeBeforeTheTagOfTheirImage() {
        Manifest image = here.push("team/app", "1");
        here.push("team/app", signature(image));
        Link link = new Link(there.registry);
        world.node(
                        here,
                        builder -> builder.rule(ReplicationRule.builder("there").build(), link.registry))
                .run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(2);
        List<String> tagged = link.writes.stream()
                .filter(write -> write.startsWith("Manifests.put"))
                .toList();
        assertThat(tagged).hasSize(2);
        assertThat(tagged.get(0)).contains(".sig");
    }

    @Test
    void cosignsTagsFollowWhenTheyAreSetLater() {
        World.Node node = pushing();
        Manifest image = here.push("team/app", "1");
        node.run();
        here.push("team/app", signature(image));
        node.run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(2);
    }

    @Test
    void cosignsTagsOfWhatIsNotCarriedOverStay() {
        Manifest image = here.push("team/app", "dev");
        here.push("team/app", signature(image));
        here.push("team/app", "1");
        pushing(ReplicationRule.builder("there").exclude(List.of(new TagPattern("dev"))))
                .run();
        assertThat(there.tags()).containsOnlyKeys("team/app:1");
    }

    @Test
    void twoSignersDoNotUndoEachOther() {
        World.Node node = pushing();
        Manifest image = here.push("team/app", "1");
        node.run();
        here.push("team/app", signature(image));
        Manifest theirs = there.push("team/app", signature(image));
        node.run();
        world.passInterval();
        assertThat(there.digest("team/app", signature(image))).contains(theirs.digest());
        assertThat(node.status().differing(ReplicationDifference.Kind.CONFLICT)).isEqualTo(1);
    }

    @Test
    void listsOfReferrersBelongToTheirRegistry() {
        Manifest image = here.push("team/app", "1");
        here.push("team/app", image.digest().algorithm() + "-" + image.digest().hex());
        pushing().run();
        assertThat(there.tags()).containsOnlyKeys("team/app:1");
    }

    @Test
    void ofOnePlatformThoseOfItsImageAreCarriedOver() {
        Repository app = here.repository("team/app");
        Platform amd64 = Platform.of("linux", "amd64");
        Manifest index = here.images().index(app, List.of(amd64, Platform.of("linux", "arm64")), Tag.parse("1"));
        World.Node node = pushing(ReplicationRule.builder("there").platforms(List.of(amd64)));
        node.run();
        Digest child = there.digest("team/app", "1").orElseThrow();
        Manifest image = app.manifests().get(child);
        Manifest sbom = refer(image);
        refer(index);
        here.push("team/app", signature(image), "2");
        here.push("team/app", signature(index));
        node.run();
        assertThat(referrers(image)).containsExactly(sbom.digest());
        assertThat(there.tags()).containsOnlyKeys("team/app:1", "team/app:2", "team/app:" + signature(image));
    }
}
