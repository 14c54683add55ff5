package dev.berth.registry.host;

import static dev.berth.registry.host.HostedWorld.APP;
import static dev.berth.registry.host.HostedWorld.pushBlob;
import static dev.berth.registry.host.HostedWorld.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Tag;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The servers of a registry. */
class HostedServerTest {
    private final HostedWorld world = new HostedWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void servesTheRegistryAtAnAddress() throws Exception {
        try (HostedRegistry hosted = world.builder().build();
                RegistryServer server =
                        hosted.server().listen("127.0.0.1", 0).build().start();
                RemoteRegistry client = RemoteRegistry.at(server.uri().getAuthority())) {
            world.images.image(client.repository(APP), List.of(100), Tag.LATEST);

            assertThat(hosted.registry("ci").repository(APP).tags().resolve(Tag.LATEST))
                    .isPresent();
            assertThat(world.events).extracting(event -> event.context().host()).isNotEmpty();
        }
    }

    @Test
    void accessControlStandsInFrontOfAllLayers() {
        Grants grants = Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("public/**"), Role.READER));
        try (HostedRegistry hosted = world.builder().build()) {
            RegistryHandler handler = hosted.server(
                            views -> RegistryServer.builder(Authorized.resolver(views, grants, views.audit())))
                    .build()
                    .handler();

            assertThat(pushBlob(handler, 10)).isEqualTo(403);
            assertThat(pushBlob(hosted.handler(), 10)).isEqualTo(201);

            assertThat(world.events).hasSize(1);
        }
    }

    @Test
    void requestsAreCountedWhereThereAreMetrics() {
        Metrics metrics = new Metrics();
        try (HostedRegistry hosted = world.builder().metrics(metrics).build()) {
            assertThat(status(hosted.handler(), "GET", "/v2/")).isEqualTo(200);

            assertThat(metrics.toText())
                    .contains("registry_http_requests_total{")
                    .contains("registry_storage_cache");
        }
    }

    @Test
    void filtersOfLayersAreInEveryServer() {
        AtomicBoolean closed = new AtomicBoolean();
        try (HostedRegistry hosted = world.builder()
                .admission((inner, host) -> {
                    host.filter((request, next) ->
                            closed.get() ? RegistryResponse.builder(503).build() : next.handle(request));
                    return inner;
                })
                .build()) {
            RegistryHandler handler = hosted.handler();
            assertThat(status(handler, "GET", "/v2/")).isEqualTo(200);
            closed.set(true);

            assertThat(status(handler, "GET", "/v2/")).isEqualTo(503);
            assertThat(status(hosted.handler(), "GET", "/v2/")).isEqualTo(503);
        }
    }
}
