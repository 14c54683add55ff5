package dev.berth.registry.rules;

import static dev.berth.registry.rules.RulesWorld.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.compose.WithoutDeletion;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retention deletes tags, and images that no tag holds any more, with everything that belongs to them and nothing else. */
class RetentionTest {
    private final RulesWorld world = new RulesWorld();
    private final TagRule prs = TagRule.delete("prs").tags("pr-*").build();
    private final TagRule untagged = TagRule.delete("untagged")
            .when(RuleCondition.allOf(RuleCondition.untagged(), RuleCondition.pushedBefore(Duration.ofDays(1))));

    @Test
    void imageStaysWhileAnotherTagHoldsIt() {
        Manifest held = world.image("pr-1", "main");
        Manifest free = world.image("pr-2", "pr-3");

        RetentionReport report = world.retain(prs);

        assertThat(world.tags()).containsExactly("main");
        assertThat(world.has(held)).isTrue();
        assertThat(world.has(free)).isFalse();
        assertThat(report.deletedTags()).isEqualTo(3);
        assertThat(report.deletedManifests()).isEqualTo(1);
        assertThat(report.otherTags()).isEqualTo(1);
    }

    @Test
    void partsAndReferrersFollow() {
        Manifest own = world.image();
        Manifest shared = world.image();
        Manifest tagged = world.image("arm");
        Manifest index = world.index(List.of(own, shared, tagged), "pr-1");
        world.index(List.of(shared), "main");
        Manifest sbom = world.referrer(own);
        Manifest signature = world.referrer(sbom);
        Manifest kept = world.referrer(own, "kept");
        Manifest ofShared = world.referrer(shared);

        world.retain(prs);

        assertThat(List.of(index, own, sbom, signature)).noneMatch(world::has);
        assertThat(List.of(shared, tagged, kept, ofShared)).allMatch(world::has);
        assertThat(world.tags()).containsExactly("arm", "kept", "main");
    }

    @Test
    void imageThatRefersToALiveOneStays() {
        Manifest subject = world.image("main");
        Manifest referrer = world.referrer(subject, "pr-signature");

        world.retain(prs);

        assertThat(world.tags()).containsExactly("main");
        assertThat(world.has(referrer)).isTrue();
    }

    @Test
    void attachedTagsGoWithTheirImage() {
        Manifest image = world.image("pr-1");
        Manifest live = world.image("main");
        String attached = image.digest().toString().replace(':', '-');
        Manifest signature = world.image(attached + ".sig");
        Manifest referrer = world.referrer(image);
        Manifest fallback = world.index(List.of(referrer), attached);
        String ofLive = live.digest().toString().replace(':', '-') + ".sig";
        Manifest liveSignature = world.image(ofLive);

        world.retain(prs, TagRule.delete("sha").tags("sha*").build());

        assertThat(world.tags()).containsExactly("main", ofLive);
        assertThat(List.of(image, signature, fallback, referrer)).noneMatch(world::has);
        assertThat(world.has(liveSignature)).isTrue();
    }

    @Test
    void attachedTagsOfAMissingImageGoByTheRuleForUntagged() {
        Manifest image = world.image();
        String attached = image.digest().toString().replace(':', '-') + ".sig";
        Manifest signature = world.image(attached);
        world.app.manifests().delete(image.digest());
        world.advance(25);

        world.retain(TagRule.delete("sha").tags("sha*").build());
        assertThat(world.tags()).containsExactly(attached);
        world.retain(untagged);

        assertThat(world.has(signature)).isFalse();
    }

    @Test
    void untaggedGoByAge() {
        Manifest old = world.image();
        Manifest part = world.image();
        world.index(List.of(part), "main");
        Manifest subject = world.image("a");
        Manifest ofSubject = world.referrer(subject);
        Manifest missing = world.image();
        Manifest ofMissing = world.referrer(missing);
        world.app.manifests().delete(missing.digest());
        Manifest oldIndexPart = world.image();
        Manifest oldIndex = world.index(List.of(oldIndexPart));
        world.advance(24);
        Manifest young = world.image();

        world.retain(untagged);

        assertThat(List.of(old, ofMissing, oldIndex, oldIndexPart)).noneMatch(world::has);
        assertThat(List.of(part, subject, ofSubject, young)).allMatch(world::has);
    }

    @Test
    void untaggedAreNeverYoungerThanAnHour() {
        Manifest image = world.image();
        TagRule all = TagRule.delete("all").when(RuleCondition.untagged());

        world.retain(all);
        assertThat(world.has(image)).isTrue();
        world.advance(1);
        world.retain(all);
        assertThat(world.has(image)).isFalse();
    }

    @Test
    void dryRunTellsExactlyWhatTheRunDoes() {
        Manifest image = world.image("pr-1");
        world.image(image.digest().toString().replace(':', '-') + ".sig");
        world.index(List.of(world.image()), "pr-2");
        Retention retention = Retention.of(world.registry, TagRules.of(prs), world.context);
        List<PlannedDeletion> planned = new ArrayList<>();
        List<PlannedDeletion> deleted = new ArrayList<>();

        RetentionReport dry = retention.run(Retention.Mode.DRY_RUN, step -> planned.add(step.deletion()));
        assertThat(world.tags()).hasSize(3);
        RetentionReport run = retention.run(Retention.Mode.DELETE, step -> deleted.add(step.deletion()));

        assertThat(planned).hasSize(7).isEqualTo(deleted);
        assertThat(dry).isEqualTo(run);
        assertThat(world.registry.repositories()).isEmpty();
    }

    @Test
    void tagThatWasSetAgainMeanwhileStays() {
        Manifest moved = world.image("pr-1");
        Manifest again = world.image("pr-2");
        RetentionPlan plan =
                Retention.of(world.registry, TagRules.of(prs), world.context).plan(RulesWorld.APP);
        world.advance(1);
        Manifest target = world.image("pr-1");
        world.push(again, "pr-2");
        List<RetentionStep> steps = new ArrayList<>();

        plan.execute(steps::add);

        assertThat(world.tags()).containsExactly("pr-1", "pr-2");
        assertThat(world.has(target)).isTrue();
        assertThat(world.has(again)).isTrue();
        assertThat(world.has(moved)).isFalse();
        assertThat(steps.get(0).toString()).contains("LEFT team/app:pr-1", "set again");
    }

    @Test
    void imageThatWasTaggedOrListedMeanwhileStays() {
        Manifest tagged = world.image("pr-1");
        Manifest part = world.image();
        Manifest index = world.index(List.of(part), "pr-2");
        Manifest signature = world.referrer(tagged);
        RetentionPlan plan =
                Retention.of(world.registry, TagRules.of(prs), world.context).plan(RulesWorld.APP);
        world.push(tagged, "main");
        world.index(List.of(part), "other");

        plan.execute(step -> {});

        assertThat(world.tags()).containsExactly("main", "other");
        assertThat(List.of(tagged, part, signature)).allMatch(world::has);
        assertThat(world.has(index)).isFalse();
    }

    @Test
    void lockedTagsStayAndReleasedOnesGo() {
        TagRules rules = TagRules.of(
                TagRule.immutable("locked").tags("v*").when(RuleCondition.pushedBefore(Duration.ofDays(1))),
                TagRule.delete("all").tags("*").build());
        Registry locked = Immutable.of(world.registry, rules, world.context);
        world.image("v1");
        world.advance(24);
        world.image("v2");

        Retention retention = Retention.of(locked, rules, world.context);
        assertThat(retention.plan(RulesWorld.APP).toString())
                .contains(
                        "PLANNED team/app:v1",
                        "team/app:v2 LOCKED",
                        "2026-01-03T00:00:00Z; the rule 'all' would delete it");
        RetentionReport report = retention.run(Retention.Mode.DELETE, step -> {});

        assertThat(world.tags()).containsExactly("v2");
        assertThat(report.lockedTags()).isEqualTo(1);
        assertThat(report.left()).isZero();
    }

    @Test
    void largeRepositoriesGoInParts() {
        for (int i = 0; i < 25; i++) {
            world.image("pr-" + i);
        }
        for (int i = 0; i < 25; i++) {
            world.image();
        }
        world.image("main");
        world.advance(24);
        Retention retention = Retention.of(
                world.registry,
                TagRules.of(prs, untagged),
                world.context,
                RetentionOptions.builder().tagsPerPlan(10).build());

        assertThat(retention.plan(RulesWorld.APP).complete()).isFalse();
        RetentionReport report = retention.run(Retention.Mode.DELETE, step -> {});

        assertThat(world.tags()).containsExactly("main");
        assertThat(report.deletedTags()).isEqualTo(25);
        assertThat(report.deletedManifests()).isEqualTo(50);
        assertThat(report.repositories()).isEqualTo(1);
    }

    @Test
    void deletionsArePublishedAndReadsAreNot() {
        world.image("pr-1");
        List<EventType> events = new ArrayList<>();
        Registry observed = Observed.of(
                world.registry,
                EventContext.ofActor("retention"),
                published -> published.forEach(event -> events.add(event.type())));

        Retention.of(world.registry, TagRules.of(prs), world.context)
                .deletingThrough(observed)
                .run(Retention.Mode.DELETE, step -> {});

        assertThat(events).containsExactly(EventType.TAG_DELETED, EventType.MANIFEST_DELETED);
    }

    @Test
    void whatTheRegistryRefusesIsLeftAndToldOf() {
        world.image("pr-1");
        List<String> steps = new ArrayList<>();

        Retention.of(world.registry, TagRules.of(prs), world.context)
                .deletingThrough(WithoutDeletion.of(world.registry))
                .run(Retention.Mode.DELETE, step -> steps.add(step.toString()));

        assertThat(steps).hasSize(2).allSatisfy(step -> assertThat(step).contains("LEFT", "Deletion is switched off"));
        assertThat(world.tags()).containsExactly("pr-1");
    }

    @Test
    void anUnknownRepositoryHasNothingToDelete() {
        RetentionPlan plan =
                Retention.of(world.registry, TagRules.of(prs), world.context).plan(RepositoryName.parse("no/such"));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.complete()).isTrue();
    }

    @Test
    void registryThatKnowsNoManifestsLosesTagsOnly() {
        Manifest image = world.image("pr-1", "main");
        RuleContext any = RuleContext.ofAny(world.registry).withClock(world.clock);

        Retention.of(world.registry, TagRules.of(prs), any).run(Retention.Mode.DELETE, step -> {});

        assertThat(world.tags()).containsExactly("main");
        assertThat(world.has(image)).isTrue();
        assertThat(world.app.tags().resolve(tag("main"))).isPresent();
    }
}
