package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;
import static dev.berth.registry.scan.gate.Refusals.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.audit.Audited;
import dev.berth.registry.compose.ForwardingManifests;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be judged, and what is only told. */
class UnjudgedImagesTest {
    private final GateWorld world = new GateWorld();
    private final Digest image = world.image("v1").digest();
    private final List<AuditEvent> events = new ArrayList<>();
    private final GateAudit audit = GateAudit.of(events::add, world.clock);

    private static GateRule.Builder limit() {
        return GateRule.named("limit").noFindingAbove(Severity.LOW);
    }

    private GateOptions.Builder failing(RuntimeException failure) {
        return world.options().listener(audit).verdicts((repository, digest) -> {
            throw failure;
        });
    }

    private Repository gated(Registry registry, GateRule rule, GateOptions.Builder options) {
        return Gate.of(registry, GatePolicy.of(rule), options.build()).repository(GateWorld.REPOSITORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNAVAILABLE", "DENIED", "MANIFEST_UNKNOWN", "TOOMANYREQUESTS"})
    void whereVerdictsFailNothingIsHandedOut(ErrorCode code) {
        RegistryException failed = RegistryException.of(code, "the secret place /var/x is down");
        Repository repository = gated(world.engine, limit().build(), failing(failed));

        RegistryException failure = failure(() -> repository.manifests().get(image));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure)
                .hasMessageContaining("the rule 'limit' of this registry: it cannot be judged now")
                .hasMessageNotContaining("secret");
        assertThat(failure.retryAfter()).isPresent();
    }

    @Test
    void whateverVerdictsThrowIsNoErrorOfTheServer() throws IOException, InterruptedException {
        Gate gate = Gate.of(
                world.engine,
                GatePolicy.of(limit().build()),
                failing(new IllegalStateException("a bug")).build());
        try (RegistryServer server =
                RegistryServer.builder(gate).listen("127.0.0.1", 0).build().start()) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + server.address().getPort() + "/v2/team/app/manifests/v1"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("the rule 'limit'").doesNotContain("a bug");
        }
    }

    @Test
    void aRuleMayLetPassWhatCannotBeJudged() {
        Repository repository = gated(
                world.engine,
                limit().allowOnFailure().build(),
                failing(RegistryException.of(ErrorCode.UNAVAILABLE, "down")));

        assertHandedOut(repository, image);

        assertThat(events).hasSize(1);
        assertThat(events.get(0).reason()).contains("lets pass what is not judged");
    }

    @Test
    void whatFailedIsTriedAgainAtOnce() {
        List<RuntimeException> failures = new ArrayList<>(List.of(RegistryException.of(ErrorCode.UNAVAILABLE, "down")));
        world.scanned(image);
        Repository repository =
                gated(world.engine, limit().build(), world.options().verdicts((name, digest) -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove(0);
                    }
                    return world.verdicts.get(digest);
                }));

        assertThat(failure(() -> repository.manifests().get(image)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertHandedOut(repository, image);
    }

    @Test
    void whereSignaturesCannotBeReadNothingIsHandedOut() {
        world.sign(world.behind.manifests().find(image).orElseThrow());
        Registry blind = new ForwardingRegistry(world.engine) {
            @Override
            public Repository repository(RepositoryName name) {
                return new ForwardingRepository(world.engine.repository(name)) {
                    @Override
                    public Manifests manifests() {
                        return new ForwardingManifests(super.manifests()) {
                            @Override
                            public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
                                return Listing.of((after, wanted) -> {
                                    throw RegistryException.of(ErrorCode.UNAVAILABLE, "the index is lost");
                                });
                            }
                        };
                    }
                };
            }
        };

        Repository repository = gated(blind, GateWorld.signedRule(), world.options());

        for (ManifestSelector selector : List.of(image, GateWorld.V1)) {
            assertThat(failure(() -> repository.manifests().get(selector)).code())
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(() -> repository.manifests().find(selector)).code())
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void whatIsNotThereIsUnknown() {
        Repository repository = world.gated(GateWorld.signedRule());
        Digest missing = Digest.sha256(new byte[] {1});

        assertThat(repository.manifests().find(missing)).isEmpty();
        assertThat(failure(() -> repository.manifests().get(missing)).code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
    }

    @Test
    void aDryRunHandsOutAndTells() {
        Repository repository = gated(
                world.engine,
                GateRule.named("trial").signedBy(GateWorld.SIGNED).dryRun().build(),
                world.options().listener(audit));

        assertHandedOut(repository, image);
        assertHandedOut(repository, GateWorld.V1);

        assertThat(events).hasSize(1);
        AuditEvent event = events.get(0);
        assertThat(event.type()).isEqualTo(AuditEvent.Type.POLICY);
        assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
        assertThat(event.repository()).isEqualTo(GateWorld.REPOSITORY);
        assertThat(event.target()).contains("pull team/app").contains(image.toString());
        assertThat(event.reason()).contains("a dry run of the rule 'trial'").contains("must be signed by release");

        world.clock.advance(GateAudit.AGAIN.plus(Duration.ofSeconds(1)));
        assertHandedOut(repository, image);
        assertThat(events).hasSize(2);
    }

    @Test
    void aDryRunWhoseVerdictsFailHandsOut() {
        Repository repository =
                gated(world.engine, limit().dryRun().build(), failing(new IllegalStateException("a bug")));

        assertHandedOut(repository, image);
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        Repository repository =
                gated(world.engine, GateWorld.signedRule(), world.options().listener(new GateListener() {
                    @Override
                    public void refused(GateRefusal refusal) {
                        throw new IllegalStateException("no");
                    }
                }));

        assertDenied(repository, image, "must be signed");
    }

    @Test
    void aRefusalIsAnEventOfTheAudit() {
        AuditListener listener = events::add;
        Registry audited =
                Audited.of(world.gate(GateWorld.signedRule()), AuditOrigin.ofCaller("ada"), listener, world.clock);

        failure(() -> audited.repository(GateWorld.REPOSITORY).manifests().get(GateWorld.V1));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).caller()).isEqualTo("ada");
        assertThat(events.get(0).outcome()).isEqualTo(AuditEvent.Outcome.REFUSED);
        assertThat(events.get(0).reason()).contains("the rule 'production'").contains("must be signed by release");
        assertThat(world.refused).hasSize(1);
        assertThat(Optional.of(world.refused.get(0)).flatMap(GateRefusal::tag)).contains(GateWorld.V1);
    }
}
