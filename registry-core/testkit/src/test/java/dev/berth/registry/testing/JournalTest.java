package dev.berth.registry.testing;

import static dev.berth.registry.testing.HttpMethod.GET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.server.RegistryRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
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
    void saysWhichFaultsHitARequest() throws Exception {
        Fault busy = Fault.on(GET, "/v2/").nth(2).status(503);
        Fault late = Fault.on(GET, "/v2/**").delay(Duration.ZERO);
        try (TestRegistry registry =
                TestRegistry.builder().fault(late).fault(busy).start()) {
            Client client = new Client(registry);
            client.send("HEAD", "/v2/");
            client.get("/v2/");
            client.get("/v2/");

            assertThat(registry.journal().entries())
                    .extracting(JournalEntry::faults)
                    .containsExactly(List.of(), List.of(late), List.of(late, busy));
            JournalEntry last = registry.journal().entries().get(2);
            assertThat(last.fault()).contains(late);
            assertThat(last).asString().contains("-> 503").contains(busy.toString());
        }
    }

    @Test
    void holdsSmallBodiesOfRequests() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            Client client = new Client(registry);
            byte[] small = new byte[Journal.MOST_BODY_BYTES];
            Arrays.fill(small, (byte) 'a');

            put(client, registry, small);
            put(client, registry, new byte[Journal.MOST_BODY_BYTES + 1]);
            client.get("/v2/");

            List<JournalEntry> puts = registry.journal().entries(HttpMethod.PUT, "/v2/app/**");
            assertThat(puts.get(0).requestBody()).hasValueSatisfying(body -> assertThat(body)
                    .isEqualTo(small));
            assertThat(puts.get(1).requestBody()).isEmpty();
            assertThat(puts.get(1).bytesIn()).isEqualTo(Journal.MOST_BODY_BYTES + 1);
            assertThat(registry.journal().entries(GET, "/v2/").get(0).requestBody())
                    .hasValueSatisfying(body -> assertThat(body).isEmpty());
        }
    }

    private static void put(Client client, TestRegistry registry, byte[] content) throws Exception {
        String upload = client.send("POST", "/v2/app/blobs/uploads/")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        URI target =
                registry.uri().resolve(upload + (upload.contains("?") ? "&" : "?") + "digest=" + Digest.sha256(content));
        HttpRequest put = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(content))
                .build();
        assertThat(client.http().send(put, BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
    }

    @Test
    void dropsTheOldestBodiesWhenTheyAreTooManyAndKeepsTheRestOfTheirEntries() throws Exception {
        int fitting = Journal.MOST_BYTES / Journal.MOST_BODY_BYTES;
        try (TestRegistry registry = TestRegistry.builder().withoutSocket().start()) {
            for (int i = 0; i < fitting + 2; i++) {
                byte[] body = new byte[Journal.MOST_BODY_BYTES];
                registry.handler()
                        .handle(RegistryRequest.builder("POST", "/v2/app/blobs/uploads/?digest=" + Digest.sha256(body))
                                .body(new ByteArrayInputStream(body), OptionalLong.of(body.length))
                                .build())
                        .close();
            }

            List<JournalEntry> entries = registry.journal().entries();
            assertThat(entries).hasSize(fitting + 2);
            assertThat(entries)
                    .extracting(entry -> entry.requestBody().isPresent())
                    .startsWith(false, false, true)
                    .endsWith(true);
            assertThat(entries).extracting(JournalEntry::bytesIn).containsOnly((long) Journal.MOST_BODY_BYTES);
        }
    }

    /** The form has a password in it. */
    @Test
    void doesNotHoldTheBodiesOfRequestsForTokens() throws Exception {
        try (TestRegistry registry =
                TestRegistry.builder().tokenAuth("alice", "geheim").start()) {
            HttpRequest form = HttpRequest.newBuilder(registry.uri().resolve("/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=password&username=alice&password=geheim"))
                    .build();

            new Client(registry).http().send(form, BodyHandlers.discarding());

            JournalEntry entry = registry.journal().entries().get(0);
            assertThat(entry.bytesIn()).isPositive();
            assertThat(entry.status()).hasValue(200);
            assertThat(entry.requestBody()).isEmpty();
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
