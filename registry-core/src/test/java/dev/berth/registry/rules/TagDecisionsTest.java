package dev.berth.registry.rules;

import static dev.berth.registry.rules.RuleCondition.allOf;
import static dev.berth.registry.rules.RuleCondition.anyOf;
import static dev.berth.registry.rules.RuleCondition.newest;
import static dev.berth.registry.rules.RuleCondition.not;
import static dev.berth.registry.rules.RuleCondition.pulledBefore;
import static dev.berth.registry.rules.RuleCondition.pushedBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules decide about tags, and why. */
class TagDecisionsTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final RulesWorld world = new RulesWorld();

    @Test
    void ageCountsFromWhenTheTagWasLastSet() {
        world.image("old");
        Manifest again = world.image("again");
        world.advance(23);
        world.push(again, "again");
        world.image("new");
        world.advance(1);

        assertThat(world.decisions(TagRule.delete("old").when(pushedBefore(DAY))))
                .isEqualTo(Map.of("old", "DELETED old", "again", "LEFT", "new", "LEFT"));
    }

    @Test
    void imageThatWasNeverPulledCountsFromItsPush() {
        Manifest pulled = world.image("pulled");
        world.image("never");
        Manifest again = world.image("again");
        world.pulls.put(pulled.digest(), world.clock.instant().plus(Duration.ofHours(2)));
        world.pulls.put(again.digest(), world.clock.instant());
        world.advance(2);
        world.push(again, "again");
        world.advance(23);

        assertThat(world.decisions(TagRule.delete("unused").when(pulledBefore(DAY))))
                .isEqualTo(Map.of("pulled", "LEFT", "never", "DELETED unused", "again", "LEFT"));
    }

    @Test
    void newestByPushIsCountedAmongTheTagsOfTheRule() {
        for (String tag : List.of("pr-1", "pr-2", "main", "pr-3", "pr-keep")) {
            world.image(tag);
            world.advance(1);
        }

        assertThat(world.decisions(
                        TagRule.delete("prs").tags("pr-*").except("pr-keep").when(not(newest(2, TagOrder.PUSH_TIME)))))
                .isEqualTo(Map.of(
                        "pr-1", "DELETED prs", "pr-2", "LEFT", "pr-3", "LEFT", "main", "LEFT", "pr-keep", "LEFT"));
    }

    @Test
    void noVersionIsNeverChosenByVersion() {
        for (String tag : List.of("v1.10.0", "v1.9.0", "v1.2.0", "1.2", "latest", "v1.10.0-rc.1")) {
            world.image(tag);
        }

        assertThat(world.decisions(TagRule.delete("versions").when(not(newest(2, TagOrder.VERSION)))))
                .isEqualTo(Map.of(
                        "v1.10.0", "LEFT",
                        "v1.10.0-rc.1", "LEFT",
                        "v1.9.0", "DELETED versions",
                        "v1.2.0", "DELETED versions",
                        "1.2", "LEFT",
                        "latest", "LEFT"));
        assertThat(world.decisions(TagRule.delete("versions").when(newest(6, TagOrder.VERSION))))
                .containsEntry("latest", "LEFT")
                .containsEntry("v1.2.0", "DELETED versions");
    }

    @Test
    void signaturesAreNeitherChosenNorCounted() {
        Manifest image = world.image("a");
        world.advance(1);
        world.image("b");
        String attached = image.digest().toString().replace(':', '-');
        world.image(attached + ".sig", attached + ".att", attached + ".sbom", attached);
        world.advance(48);

        assertThat(world.decisions(TagRule.delete("all").tags("*").build()))
                .isEqualTo(Map.of("a", "DELETED all", "b", "DELETED all"));
        assertThat(world.decisions(TagRule.delete("older").tags("*").when(not(newest(1, TagOrder.PUSH_TIME)))))
                .isEqualTo(Map.of("a", "DELETED older", "b", "LEFT"));
    }

    @Test
    void keepWinsOverDelete() {
        world.image("main");
        world.image("v1.0.0");

        assertThat(world.decisions(
                        TagRule.delete("all").tags("*").build(),
                        TagRule.keep("versions").tags("v*").build()))
                .isEqualTo(Map.of("main", "DELETED all", "v1.0.0", "KEPT versions"));
    }

    @Test
    void lockedTagIsKeptAndReleasedOneIsDeleted() {
        world.image("v1");
        world.advance(20);
        world.image("v2");
        world.advance(4);

        assertThat(world.decisions(
                        TagRule.immutable("locked").tags("v*").when(pushedBefore(DAY)),
                        TagRule.delete("all").tags("*").build()))
                .isEqualTo(Map.of("v1", "DELETED all", "v2", "LOCKED locked"));
    }

    @Test
    void conditionsAreCombined() {
        world.image("a");
        world.advance(24);
        world.image("b");
        world.advance(24);
        world.image("c");

        RuleCondition old = pushedBefore(DAY);
        RuleCondition last = newest(2, TagOrder.PUSH_TIME);
        assertThat(world.decisions(TagRule.delete("x").tags("*").when(allOf(old, not(last)))))
                .isEqualTo(Map.of("a", "DELETED x", "b", "LEFT", "c", "LEFT"));
        assertThat(world.decisions(TagRule.delete("x").tags("*").when(anyOf(not(old), not(last)))))
                .isEqualTo(Map.of("a", "DELETED x", "b", "LEFT", "c", "DELETED x"));
        assertThat(world.decisions(TagRule.delete("x").tags("*").when(RuleCondition.untagged())))
                .isEqualTo(Map.of("a", "LEFT", "b", "LEFT", "c", "LEFT"));
    }

    @Test
    void rulesAreForTheirRepositories() {
        world.image("a");

        assertThat(world.decisions(
                        TagRule.delete("other").repositories("other/**").build(),
                        TagRule.delete("team").repositories("team/*").tags("?").build()))
                .isEqualTo(Map.of("a", "DELETED team"));
    }

    @Test
    void unknownTimesDeleteAndReleaseNothing() {
        world.image("a");
        RuleContext blind = new RuleContext(RepositoryFacts.ofAny(world.registry), LastPulls.unknown(), world.clock);
        world.advance(1000);
        List<TagDecision> decisions = new ArrayList<>();
        Retention.of(
                        world.registry,
                        TagRules.of(TagRule.delete("old").when(anyOf(pushedBefore(DAY), not(pushedBefore(DAY))))),
                        blind)
                .explain(RulesWorld.APP, decisions::add);

        assertThat(decisions).extracting(TagDecision::outcome).containsExactly(TagDecision.Outcome.LEFT);
        assertThat(decisions.get(0).reason()).contains("not known");
    }

    @Test
    void timeOfAnyRegistryIsThatInTheConfigurationOfTheImage() {
        Repository app = world.app;
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2020-02-03T04:05:06Z\","
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var digest = dev.berth.registry.Digest.sha256(config);
        app.blobs().push(digest, dev.berth.registry.BlobSource.of(config));
        Manifest image = world.push(dev.berth.registry.manifest.ImageManifest.of(
                        dev.berth.registry.Descriptor.of(
                                dev.berth.registry.MediaTypes.OCI_CONFIG, digest, config.length),
                        List.of())
                .toManifest());
        world.index(List.of(image), "index");

        assertThat(RepositoryFacts.ofAny(world.registry)
                        .tag(RulesWorld.APP, Tag.parse("index"))
                        .orElseThrow()
                        .setAt())
                .contains(java.time.Instant.parse("2020-02-03T04:05:06Z"));
    }

    @Test
    void reasonNamesRuleConditionAndTimes() {
        Manifest image = world.image("a");
        world.pulls.put(image.digest(), world.clock.instant().plus(Duration.ofHours(5)));
        world.advance(48);
        List<TagDecision> decisions = new ArrayList<>();
        Retention.of(
                        world.registry,
                        TagRules.of(TagRule.delete("old things").when(allOf(pushedBefore(DAY), pulledBefore(DAY)))),
                        world.context)
                .explain(RulesWorld.APP, decisions::add);

        assertThat(decisions.get(0).toString())
                .isEqualTo(
                        "team/app:a DELETED: the rule 'old things' deletes it: pushed 1d ago or earlier and not pulled for"
                                + " 1d (pushed on 2026-01-01T00:00:00Z, last pulled on 2026-01-01T05:00:00Z)");
    }

    @Test
    void rulesNeedDifferentNamesAndAnEnd() {
        TagRule rule = TagRule.keep("a").build();
        RuleCondition deep = RuleCondition.always();
        for (int i = 0; i < 200; i++) {
            deep = not(deep);
        }
        RuleCondition endless = deep;
        assertThatThrownBy(() -> TagRules.of(rule, rule)).hasMessageContaining("two rules 'a'");
        assertThatThrownBy(() -> TagRules.of(TagRule.keep("a").when(endless))).hasMessageContaining("100 conditions");
        assertThatThrownBy(() -> pushedBefore(DAY.negated())).hasMessageContaining("out of range");
        assertThatThrownBy(() -> newest(-1, TagOrder.VERSION)).hasMessageContaining("not -1");
    }
}
