package dev.berth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.memory.MemoryObjectStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BehindProxyTest {

    @Test
    void eventsStateTheClientThatTheProxyForwards() throws Exception {
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        List<RegistryEvent> events = new CopyOnWriteArrayList<>();

        try (var store = MemoryObjectStore.create();
                var registry = StorageRegistry.over(store);
                var server = BehindProxy.server(registry, events::addAll).start()) {
            URI push = server.uri().resolve("/v2/team/app/blobs/uploads/?digest=" + Digest.sha256(content));
            HttpRequest request = HttpRequest.newBuilder(push)
                    .header("X-Forwarded-For", "192.0.2.1")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                    .build();

            assertThat(send(request)).isEqualTo(201);
            assertThat(send(HttpRequest.newBuilder(server.uri().resolve("/healthz"))
                            .build()))
                    .isEqualTo(200);
        }

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.BLOB_PUSHED);
            assertThat(event.context().address()).hasValue("192.0.2.1");
            assertThat(event.context().instance()).isEqualTo("registry-1");
        });
    }

    private static int send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
