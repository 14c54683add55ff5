package dev.berth.registry.host;

import static dev.berth.registry.host.HostedWorld.APP;
import static dev.berth.registry.host.HostedWorld.pushBlob;
import static dev.berth.registry.host.HostedWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.compose.ForwardingTags;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.server.RegistryHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each layer sees of what others refuse. */
class LayerOrderTest {
    private static final TagRules LOCKED =
            TagRules.of(TagRule.immutable("releases").tags("v*").build());
    private static final QuotaOptions SMALL = QuotaOptions.of(QuotaLimit.bytes(NamePattern.parse("team/**"), 100_000));
    private static final Tag V1 = Tag.parse("v1");

    private final HostedWorld world = new HostedWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private long used(HostedRegistry hosted) {
        return hosted.quotas().orElseThrow().usage().get(0).bytes();
    }

    @Test
    void whatARuleRefusesIsAnAuditEventOnlyAndCostsNoQuota() {
        try (HostedRegistry hosted = world.builder().rules(LOCKED).quotas(SMALL).build()) {
            Repository app = hosted.registry("ci").repository(APP);
            world.images.image(app, List.of(100), V1);
            hosted.quotas().orElseThrow().maintain();
            long before = used(hosted);
            world.events.clear();
            world.audit.clear();

            assertThat(status(hosted.handler(), "DELETE", "/v2/team/app/manifests/v1"))
                    .isEqualTo(403);

            hosted.quotas().orElseThrow().maintain();
            assertThat(used(hosted)).isEqualTo(before);
            assertThat(world.events).isEmpty();
            assertThat(world.audit).singleElement().satisfies(event -> {
                assertThat(event.type()).isEqualTo(AuditEvent.Type.POLICY);
                assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.REFUSED);
                assertThat(event.reason()).contains("releases");
            });
        }
    }

    @Test
    void whatAQuotaRefusesIsAnAuditEventOnly() {
        try (HostedRegistry hosted = world.builder().quotas(SMALL).build()) {
            assertThat(pushBlob(hosted.handler(), 200_000)).isEqualTo(403);

            assertThat(world.events).isEmpty();
            assertThat(world.auditTypes()).containsExactly(AuditEvent.Type.POLICY);
        }
    }

    @Test
    void whatAGateRefusesReachesNoQuotaAndIsNoPull() {
        HostLayer closedGate = (inner, host) -> ReadOnly.of(inner);
        try (HostedRegistry hosted = world.builder()
                .admission(closedGate)
                .quotas(SMALL)
                .countPulls(Duration.ofSeconds(30))
                .build()) {
            assertThatThrownBy(() -> world.images.image(hosted.registry("ci").repository(APP), List.of(100), V1))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));

            hosted.quotas().orElseThrow().maintain();
            assertThat(used(hosted)).isZero();
            assertThat(world.events).isEmpty();
        }
    }

    @Test
    void rulesAndQuotasHoldInFrontOfWhatStandsBeforeTheEngine() {
        List<String> seen = new ArrayList<>();
        HostLayer noting = (inner, host) -> new ForwardingRegistry(inner) {
            @Override
            public Repository repository(RepositoryName name) {
                seen.add(name.toString());
                return super.repository(name);
            }
        };
        try (HostedRegistry hosted =
                world.builder().storage(noting).quotas(SMALL).build()) {
            Manifest image = world.images.image(hosted.registry("ci").repository(APP), List.of(100), V1);

            assertThat(seen).contains("team/app");
            assertThat(hosted.engine().repository(APP).manifests().find(image.digest()))
                    .isPresent();
            assertThat(pushBlob(hosted.handler(), 200_000)).isEqualTo(403);
        }
    }

    /** Returns a layer that notes which deletions of tags come to it. */
    private static HostLayer noting(List<String> seen, String name) {
        return (inner, host) -> new ForwardingRegistry(inner) {
            @Override
            public Repository repository(RepositoryName repository) {
                return new ForwardingRepository(super.repository(repository)) {
                    @Override
                    public Tags tags() {
                        return new ForwardingTags(super.tags()) {
                            @Override
                            public boolean delete(Tag tag) {
                                seen.add(name);
                                return super.delete(tag);
                            }

                            @Override
                            public boolean delete(Tag tag, TagCondition condition) {
                                seen.add(name);
                                return super.delete(tag, condition);
                            }
                        };
                    }
                };
            }
        };
    }

    @Test
    void gatesStandInFrontOfMirrorsAndMirrorsInFrontOfRules() {
        List<String> seen = new ArrayList<>();
        try (HostedRegistry hosted = world.builder()
                .storage(noting(seen, "storage"))
                .mirrors(noting(seen, "mirror"))
                .admission(noting(seen, "gate"))
                .rules(LOCKED)
                .build()) {
            world.images.image(hosted.engine().repository(APP), List.of(100), V1, Tag.LATEST);
            Tags tags = hosted.registry("ci").repository(APP).tags();

            assertThat(tags.delete(Tag.LATEST)).isTrue();
            assertThat(seen).containsExactly("gate", "mirror", "storage");

            seen.clear();
            assertThatThrownBy(() -> tags.delete(V1))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
            assertThat(seen).as("in front of the rule").containsExactly("gate", "mirror");
        }
    }

    @Test
    void retentionDeletesThroughMirrorsAndPastGates() {
        List<String> seen = new ArrayList<>();
        try (HostedRegistry hosted = world.builder()
                .storage(noting(seen, "storage"))
                .mirrors(noting(seen, "mirror"))
                .admission(noting(seen, "gate"))
                .rules(TagRules.of(TagRule.delete("all").build()))
                .build()) {
            world.images.image(hosted.engine().repository(APP), List.of(100), V1);
            hosted.start();

            world.scheduler.advance(Duration.ofMinutes(5));

            assertThat(hosted.engine().repository(APP).tags().resolve(V1)).isEmpty();
            assertThat(seen).containsExactly("mirror", "storage");
        }
    }

    @Test
    void layersStandInTheOrderInWhichTheyWereAdded() {
        List<String> made = new ArrayList<>();
        HostedRegistryBuilder builder = world.builder()
                .admission(noted("gate 1", made))
                .admission(noted("gate 2", made))
                .mirrors(noted("router", made))
                .mirrors(noted("mirror", made))
                .storage(noted("front", made))
                .storage(noted("back", made));

        builder.build().close();

        assertThat(made).containsExactly("back", "front", "mirror", "router", "gate 2", "gate 1");
    }

    private static HostLayer noted(String name, List<String> made) {
        return (inner, host) -> {
            made.add(name);
            return inner;
        };
    }

    @Test
    void eventsOfRequestsAreThoseOfTheProcess() {
        try (HostedRegistry hosted = world.builder()
                .process(EventContext.builder().instance("node-1").build())
                .build()) {
            assertThat(pushBlob(hosted.handler(), 10)).isEqualTo(201);

            assertThat(world.eventTypes()).containsExactly(EventType.BLOB_PUSHED);
            assertThat(world.events)
                    .extracting(event -> event.context().instance())
                    .containsOnly("node-1");
        }
    }

    @Test
    void codeOfTheProcessHasAName() {
        try (HostedRegistry hosted = world.builder().build()) {
            Registry registry = hosted.registry("nightly build");
            Manifest image = world.images.image(registry.repository(APP), List.of(100), V1);

            var unused = registry.repository(APP).manifests().delete(image.digest());

            assertThat(world.events)
                    .extracting(RegistryEvent::context)
                    .extracting(EventContext::actor)
                    .containsOnly("nightly build");
            assertThat(world.audit).extracting(AuditEvent::caller).containsOnly("nightly build");
            assertThat(world.auditTypes()).contains(AuditEvent.Type.DELETION);
        }
    }

    @Test
    void clientsThatMayDeleteNothingPushAllTheSame() {
        try (HostedRegistry hosted = world.builder().withoutDeletion().build()) {
            RegistryHandler handler = hosted.handler();
            Manifest image = world.images.image(hosted.registry("ci").repository(APP), List.of(100), V1);

            assertThat(pushBlob(handler, 10)).isEqualTo(201);
            assertThat(status(handler, "DELETE", "/v2/team/app/manifests/" + image.digest()))
                    .isEqualTo(405);
            assertThat(hosted.registry("ci").repository(APP).tags().delete(V1)).isTrue();
        }
    }

    @Test
    void pullsOfClientsAreCounted() {
        try (HostedRegistry hosted =
                world.builder().countPulls(Duration.ofSeconds(30)).build()) {
            Manifest image = world.images.image(hosted.registry("ci").repository(APP), List.of(100), V1);

            assertThat(status(hosted.handler(), "GET", "/v2/team/app/manifests/v1"))
                    .isEqualTo(200);

            assertThat(hosted.pulls().of(APP, image.digest()).orElseThrow().count())
                    .isEqualTo(1);
        }
    }

    @Test
    void withoutListenersTheLayersAreThoseOfTheEngine() {
        try (HostedRegistry hosted = HostedRegistry.builder(world.store).build()) {
            assertThat(hosted.registry("ci")).isSameAs(hosted.engine());
            assertThat(hosted.views().registry()).isSameAs(hosted.engine());
            assertThat(hosted.quotas()).isEmpty();
        }
    }
}
