package dev.berth.registry.mirror.router;

import static dev.berth.registry.mirror.router.Routed.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.server.RegistryServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may not be mirrored and what a caller may not read, by each of the ways to a mirror. */
class RefusedByTheMirrorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/hub.example/team/app/manifests/latest",
                "/v2/team/app/manifests/latest?ns=hub.example",
                "/v2/team/app/manifests/latest"
            })
    void whatTheAllowListLacksIsRefusedWithOneEventAndNoTraffic(String target) throws Exception {
        try (Routed setup = new Routed(
                builder -> builder.byDefault(Routed.HUB),
                List.of(NamePattern.parse("library/**")),
                RegistryServer::builder)) {
            Routed.image(setup.hub.stored(), "team/app", 1, LATEST);

            assertThat(setup.get(target).statusCode()).isEqualTo(403);

            assertThat(setup.refused).containsExactly(RepositoryName.parse("hub.example/team/app"));
            assertThat(setup.hub.requests()).isEmpty();
            assertThat(setup.other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/hub.example/library/app/",
                "/v2/library/app/",
            })
    void whoMayNotReadGetsNothingFromTheCacheAndCausesNoTraffic(String path) throws Exception {
        AtomicReference<Grants> grants = new AtomicReference<>(Grants.of(everyone("**")));
        try (Routed setup = authorized(grants)) {
            Manifest image = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Routed.pull(setup.client.repository(path.substring(4, path.length() - 1)), LATEST);
            setup.hub.requests().clear();

            grants.set(Grants.of(everyone("other/**")));

            for (String what : List.of(
                    "manifests/latest",
                    "manifests/" + image.digest(),
                    "blobs/" + Routed.layer(image),
                    "tags/list",
                    "referrers/" + image.digest())) {
                assertThat(setup.get(path + what).statusCode()).as(what).isEqualTo(403);
            }
            for (String what : List.of("manifests/latest", "blobs/" + Routed.layer(image))) {
                assertThat(setup.send("HEAD", path + what).statusCode())
                        .as(what)
                        .isEqualTo(403);
            }
            assertThat(setup.hub.requests()).isEmpty();
        }
    }

    private static Grant everyone(String pattern) {
        return new Grant(Grantee.everyone(), NamePattern.parse(pattern), Role.READER);
    }

    private static Routed authorized(AtomicReference<Grants> grants) throws Exception {
        AccessPolicy policy = (caller, action, name) -> grants.get().allows(caller, action, name);
        return new Routed(
                builder -> builder.byDefault(Routed.HUB),
                List.of(),
                registry -> RegistryServer.builder(Authorized.resolver(registry, policy, AuditListener.none())));
    }

    @Test
    void anNsGivesTheRightsOfTheNameThatItStandsForAndNoOthers() throws Exception {
        AtomicReference<Grants> grants = new AtomicReference<>(Grants.of(everyone("library/**")));
        try (Routed setup = authorized(grants)) {
            Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            String target = "/v2/library/app/manifests/latest?ns=hub.example";

            assertThat(setup.get(target).statusCode()).isEqualTo(403);
            assertThat(setup.hub.requests()).isEmpty();
            assertThat(setup.get("/v2/library/app/manifests/latest").statusCode())
                    .isEqualTo(200);

            grants.set(Grants.of(everyone("hub.example/**")));

            assertThat(setup.get(target).statusCode()).isEqualTo(200);
            assertThat(setup.get("/v2/library/app/manifests/latest").statusCode())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"&from=hub.example/library/app", "&from=library/app", ""})
    void noBlobIsMountedFromWhatTheCallerMayNotRead(String from) throws Exception {
        AtomicReference<Grants> grants = new AtomicReference<>(Grants.of(everyone("**")));
        try (Routed setup = authorized(grants)) {
            Manifest image = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Routed.pull(setup.client.repository("hub.example/library/app"), LATEST);
            String target = "/v2/team/app/blobs/uploads/?mount=" + Routed.layer(image) + from;

            grants.set(Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("team/**"), Role.WRITER)));

            assertThat(setup.send("POST", target).statusCode()).isNotEqualTo(201);
            assertThat(setup.get("/v2/team/app/blobs/" + Routed.layer(image)).statusCode())
                    .isEqualTo(404);
        }
    }
}
