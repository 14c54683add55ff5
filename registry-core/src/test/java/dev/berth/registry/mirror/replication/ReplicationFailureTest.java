package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.compose.ForwardingManifests;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.compose.ForwardingTags;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures: of one image, of a registry, of the store. */
class ReplicationFailureTest {
    private final World world = new World();
    private final Place here = world.place("here");
    private final Place there = world.place("there");
    private final Link link = new Link(there.registry);
    private final ReplicationRule rule =
            ReplicationRule.builder("there").deletions(true).build();

    private World.Node pushing() {
        return world.node(here, builder -> builder.rule(rule, link.registry));
    }

    @Test
    void anImageThatCannotBeCopiedHoldsUpNoOther() {
        Manifest broken = here.push("team/app", "a-broken");
        Digest layer =
                ((ImageManifest) ManifestDocument.parse(broken)).layers().get(0).digest();
        here.engine.repository("team/app").blobs().delete(layer);
        here.push("team/app", "b-whole");
        here.push("team/other", "1");
        World.Node node = pushing();
        node.run();
        world.pass(Duration.ofMinutes(2), Duration.ofSeconds(5));
        assertThat(there.tags()).containsOnlyKeys("team/app:b-whole", "team/other:1");
        ReplicationFailure failure = node.status().failures().get(0);
        assertThat(failure.what()).contains(Tag.parse("a-broken"));
        assertThat(failure.reason()).contains(layer.toString());
        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(failure.again()).isEmpty();
        assertThat(node.status().queued()).isZero();
        assertThat(node.status().lastComparison().orElseThrow().complete()).isFalse();

        here.push("team/app", "a-broken");
        node.run();
        assertThat(there.tags()).isEqualTo(here.tags());
        assertThat(node.status().failures()).isEmpty();
    }

    @Test
    void aRegistryThatIsAwayIsAskedLessAndLess() {
        for (int i = 0; i < 50; i++) {
            here.push("team/app", "tag-" + i);
        }
        link.cut(true);
        World.Node node = pushing();
        world.pass(Duration.ofHours(2), Duration.ofSeconds(1));
        // 1, 2, 4, … seconds up to five minutes: about 9 attempts, and then 12 an hour; each may be one of a comparison
        // and
        // one of what waits.
        assertThat(link.reads.size() + link.writes.size()).isBetween(20, 80);
        link.cut(false);
        world.pass(Duration.ofMinutes(6), Duration.ofSeconds(1));
        assertThat(there.tags()).hasSize(50);
        assertThat(node.status().failures()).isEmpty();
    }

    @Test
    void aLimitIsObeyed() {
        here.push("team/app", "1");
        link.limit(Duration.ofMinutes(10));
        World.Node node = pushing();
        node.run();
        int asked = link.reads.size();
        assertThat(asked).isPositive();
        assertThat(node.status().pausedUntil()).contains(world.clock.instant().plus(Duration.ofMinutes(10)));
        world.pass(Duration.ofMinutes(9), Duration.ofSeconds(1));
        assertThat(link.reads).hasSize(asked);
        link.cut(false);
        world.pass(Duration.ofMinutes(2), Duration.ofSeconds(1));
        assertThat(there.tags()).hasSize(1);
    }

    @Test
    void aComparisonGoesOnWhereALimitHasEndedIt() {
        for (int i = 10; i < 40; i++) {
            here.push("team/app", "tag-" + i);
        }
        World.Node node = pushing();
        int[] left = {60};
        link.before(() -> {
            if (left[0]-- == 0) {
                link.limit(Duration.ofMinutes(1));
            }
        });
        for (int i = 0; i < 60 && there.tags().size() < 30; i++) {
            node.run();
            world.clock.advance(Duration.ofMinutes(2));
            link.cut(false);
            left[0] = 60;
        }
        world.pass(Duration.ofMinutes(2), Duration.ofSeconds(1));
        assertThat(there.tags()).hasSize(30);
    }

    @Test
    void aStoreThatFailsHoldsItUpOnly() {
        World.Node node = pushing();
        node.run();
        node.store.fail(true);
        here.push("team/app", "1");
        world.pass(Duration.ofMinutes(20), Duration.ofSeconds(10));
        assertThat(there.tags()).isEmpty();
        assertThat(node.status().problem()).isPresent();
        node.store.fail(false);
        world.pass(Duration.ofMinutes(10), Duration.ofSeconds(10));
        assertThat(there.tags()).hasSize(1);
        assertThat(node.status().problem()).isEmpty();
    }

    @Test
    void aSourceWithoutACatalogueNeedsNames() {
        here.push("team/app", "1");
        Registry withoutCatalogue = new ForwardingRegistry(here.registry) {
            @Override
            public Listing<RepositoryName, RepositoryName> repositories() {
                throw RegistryException.of(ErrorCode.UNSUPPORTED, "There is no catalogue");
            }
        };
        World.Node node = world.node(
                here,
                withoutCatalogue,
                builder -> builder.rule(rule, there.registry)
                        .rule(
                                ReplicationRule.builder("named")
                                        .repositories(NamePattern.parse("team/app"))
                                        .build(),
                                there.registry));
        node.run();
        assertThat(node.status("there").problem().orElseThrow()).contains("There is no catalogue");
        assertThat(node.status("named").problem()).isEmpty();
        assertThat(there.tags()).hasSize(1);
    }

    /** A registry as most are: it keeps no conditions. */
    private Registry withoutConditions(List<String> calls) {
        return new ForwardingRegistry(there.registry) {
            @Override
            public Repository repository(RepositoryName name) {
                return new ForwardingRepository(super.repository(name)) {
                    @Override
                    public Tags tags() {
                        return new ForwardingTags(super.tags()) {
                            @Override
                            public boolean delete(Tag tag, TagCondition condition) {
                                throw unsupported(calls, "delete");
                            }
                        };
                    }

                    @Override
                    public Manifests manifests() {
                        return new ForwardingManifests(super.manifests()) {
                            @Override
                            public PutResult put(Manifest manifest, PutOptions options) {
                                if (!(options.condition() instanceof TagCondition.Any)) {
                                    throw unsupported(calls, "put");
                                }
                                return super.put(manifest, options);
                            }
                        };
                    }
                };
            }
        };
    }

    private static RegistryException unsupported(List<String> calls, String call) {
        calls.add(call);
        return RegistryException.of(ErrorCode.UNSUPPORTED, "It keeps no conditions");
    }

    @Test
    void aTargetThatKeepsNoConditionsIsLookedAtRightBefore() {
        List<String> refused = new ArrayList<>();
        World.Node node = world.node(here, builder -> builder.rule(rule, withoutConditions(refused)));
        here.push("team/app", "1", "2");
        node.run();
        here.push("team/app", "1");
        here.delete("team/app", "2");
        node.run();
        assertThat(there.tags()).isEqualTo(here.tags()).hasSize(1);
        there.requireComplete();
        // What it cannot do is remembered.
        assertThat(refused).containsExactly("put", "delete");
    }

    @Test
    void withoutConditionsATagThatChangesDuringTheCopyStays() {
        List<String> refused = new ArrayList<>();
        Link slow = new Link(withoutConditions(refused));
        World.Node node = world.node(here, builder -> builder.rule(rule, slow.registry));
        here.push("team/app", "1");
        node.run();
        here.push("team/app", "1");
        Manifest[] theirs = new Manifest[1];
        slow.forget();
        slow.before(() -> {
            if (theirs[0] == null && !slow.writes.isEmpty()) {
                theirs[0] = there.push("team/app", "1");
            }
        });
        node.run();
        world.pass(Duration.ofMinutes(1), Duration.ofSeconds(1));
        assertThat(there.digest("team/app", "1")).contains(theirs[0].digest());
        assertThat(node.status().differing(ReplicationDifference.Kind.CONFLICT)).isEqualTo(1);
    }
}
