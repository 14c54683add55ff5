package dev.berth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class RegistryWithPagesTest {
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(URI address) {
        try {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void hasPagesSearchAndTheRegistry() throws IOException {
        try (MemoryObjectStore store = MemoryObjectStore.create()) {
            RegistryWithPages.serve(store, address -> {
                assertThat(get(address).body()).contains("<h1>Repositories</h1>");
                assertThat(get(address.resolve("/v1/search?q=app")).body()).contains("\"num_results\":0");
                assertThat(get(address.resolve("/api/v1/repositories")).body()).contains("\"repositories\":[]");
                assertThat(get(address.resolve("/v2/")).statusCode()).isEqualTo(200);
            });
        }
    }
}
