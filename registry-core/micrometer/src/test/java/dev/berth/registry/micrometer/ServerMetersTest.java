package dev.berth.registry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServerMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RegistryHandler handler = RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
            .observer(ServerMeters.of(meters))
            .build()
            .handler();

    private void exchange(String method, String target) throws IOException {
        handler.handle(RegistryRequest.builder(method, target).build()).close();
    }

    private long count(String... tags) {
        return meters.get("http.server.requests").tags(tags).timer().count();
    }

    @Test
    void requestsAreRecordedWithTheTagsOfMicrometer() throws Exception {
        exchange("GET", "/v2/");
        exchange("GET", "/v2/");
        exchange("GET", "/v2/team/app/manifests/1");
        exchange("GET", "/nothing");
        exchange("BREW", "/v2/");

        assertThat(count("method", "GET", "uri", "/v2/", "status", "200", "outcome", "SUCCESS", "exception", "none"))
                .isEqualTo(2);
        assertThat(count("uri", "/v2/<name>/manifests/<reference>", "status", "404", "outcome", "CLIENT_ERROR"))
                .isEqualTo(1);
        assertThat(count("uri", "NOT_FOUND", "method", "GET")).isEqualTo(1);
        assertThat(count("method", "UNKNOWN", "status", "405")).isEqualTo(1);
    }
}
