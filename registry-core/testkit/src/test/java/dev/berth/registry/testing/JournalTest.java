package dev.berth.registry.testing;

import static dev.berth.registry.testing.HttpMethod.GET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.server.RegistryRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {

    @Test
    void holdsRequestAndAnswer() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            var image = registry.push("team/app:1.0", TestImages.empty());
            new Client(registry).get("/v2/team/app/manifests/1.0?x=y", "Accept", "*/*");

            List<JournalEntry> entries = registry.journal().entries();

            assertThat(entries).hasSize(1);
            JournalEntry entry = entries.get(0);
            assertThat(entry.method()).isEqualTo("GET");
            assertThat(entry.path()).isEqualTo("/v2/team/app/manifests/1.0");
            assertThat(entry.query()).contains("x=y");
            assertThat(entry.repository()).isEqualTo("team/app");
            assertThat(entry.requestHeaders().first("accept")).contains("*/*");
            assertThat(entry.status()).hasValue(200);
            assertThat(entry.responseHeaders().first("Docker-Content-Digest"))
                    .contains(image.digest().toString());
            assertThat(entry.bytesIn()).isZero();
            assertThat(entry.bytesOut()).isEqualTo(image.size());
            assertThat(entry.cut()).isFalse();
            assertThat(entry)
                    .hasToString("GET /v2/team/app/manifests/1.0?x=y -> 200, 0 bytes in, " + image.size() + " out");
        }
    }

    @Test
    void countsWhatIsPushed() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            Client client = new Client(registry);
            String upload = client.send("POST", "/v2/app/blobs/uploads/")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            HttpRequest patch = HttpRequest.newBuilder(registry.uri().resolve(upload))
                    .header("Content-Type", "application/octet-stream")
                    .method("PATCH", BodyPublishers.ofByteArray(new byte[123_456]))
                    .build();

            client.http().send(patch, BodyHandlers.discarding());

            assertThat(registry.journal().entries(HttpMethod.PATCH, "/v2/app/blobs/uploads/*"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.bytesIn()).isEqualTo(123_456));
        }
    }

    @Test
    void saysWhoAndHidesHowThatWasProved() throws Exception {
        try (TestRegistry registry =
                TestRegistry.builder().basicAuth("alice", "geheim").start()) {
            String credentials = Base64.getEncoder().encodeToString("alice:geheim".getBytes(StandardCharsets.UTF_8));
            Client client = new Client(registry);
            client.get("/v2/", "Authorization", "Basic " + credentials, "Cookie", "session=geheim");
            client.get("/v2/");

            assertThat(registry.journal().entries())
                    .extracting(JournalEntry::caller)
                    .containsExactly("alice", "");
            JournalEntry entry = registry.journal().entries().get(0);
            assertThat(entry.requestHeaders().first("Authorization")).contains("Basic " + Journal.HIDDEN);
            assertThat(entry.requestHeaders().first("Cookie")).contains(Journal.HIDDEN);
            assertThat(registry.journal().entries().get(1).status()).hasValue(401);
        }
    }

    @Test
    void holdsWhatFaultsHaveDone() {
        try (TestRegistry registry = TestRegistry.start()) {
            Client client = new Client(registry);
            registry.push("app:1.0", TestImages.empty());
            registry.inject(Fault.on(GET, "/v2/").reset());
            registry.inject(Fault.on(GET, "/v2/app/manifests/*").resetAfter(10));

            assertThatThrownBy(() -> client.get("/v2/")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> client.get("/v2/app/manifests/1.0")).isInstanceOf(IOException.class);

            // The client may have tried again by itself.
            assertThat(registry.journal().entries(GET, "/v2/")).isNotEmpty().allSatisfy(entry -> {
                assertThat(entry.status()).isEmpty();
                assertThat(entry.cut()).isTrue();
            });
            assertThat(registry.journal().entries(GET, "/v2/app/manifests/1.0"))
                    .isNotEmpty()
                    .allSatisfy(entry -> {
                        assertThat(entry.status()).hasValue(200);
                        assertThat(entry.bytesOut()).isEqualTo(10);
                        assertThat(entry.cut()).isTrue();
                    });
        }
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() throws Exception {
        try (TestRegistry registry = TestRegistry.builder().withoutSocket().start()) {
            for (int i = 0; i < Journal.MOST_ENTRIES + 2; i++) {
                registry.handler()
                        .handle(RegistryRequest.builder("GET", "/v2/?" + i).build())
                        .close();
            }

            assertThat(registry.journal().forgotten()).isEqualTo(2);
            assertThat(registry.journal().entries()).hasSize(Journal.MOST_ENTRIES);
            assertThat(registry.journal().entries().get(0).query()).contains("2");
            registry.journal().clear();
            assertThat(registry.journal().entries()).isEmpty();
            assertThat(registry.journal().forgotten()).isZero();
        }
    }
}
