package dev.berth.registry.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.RequestContext;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RegistryServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The wiring that {@link Observed} describes: one view for each request of a server. */
class ObservedRequestTest {
    private static final Manifest INDEX = Manifest.of(
            MediaTypes.OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[]}".getBytes(StandardCharsets.UTF_8));

    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> requestIds = new CopyOnWriteArrayList<>();

    private RegistryResolver resolver(Registry registry) {
        EventContext process = EventContext.builder().instance("registry-1").build();
        return (caller, access, request) -> {
            requestIds.add(request.requestId());
            return Observed.of(registry, RequestContext.of(process, request), events::addAll);
        };
    }

    @Test
    void tellsWhoMadeTheRequestAndFromWhere() throws Exception {
        Registry registry = StorageRegistry.over(MemoryObjectStore.create());
        registry.repository(RepositoryName.parse("team/app")).manifests().put(INDEX, Tag.parse("1.0"));
        try (RegistryServer server = RegistryServer.builder(resolver(registry))
                .authenticator((request, access) -> Caller.named("alice"))
                .build()
                .start()) {
            HttpRequest pull = HttpRequest.newBuilder(server.uri().resolve("/v2/team/app/manifests/1.0"))
                    .header("Accept", MediaTypes.OCI_INDEX)
                    .header("User-Agent", "client/1.0")
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(pull, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(events).hasSize(1);
        EventContext context = events.get(0).context();
        assertThat(events.get(0).type()).isEqualTo(EventType.MANIFEST_PULLED);
        assertThat(events.get(0).tags()).containsExactly(Tag.parse("1.0"));
        assertThat(context.actor()).isEqualTo("alice");
        assertThat(context.requestId()).contains(requestIds.get(0));
        assertThat(context.address().orElseThrow()).startsWith("127.0.0.1:");
        assertThat(context.host().orElseThrow()).startsWith("127.0.0.1:");
        assertThat(context.method()).contains("GET");
        assertThat(context.userAgent()).contains("client/1.0");
        assertThat(context.secure()).isFalse();
        assertThat(context.instance()).isEqualTo("registry-1");
    }
}
