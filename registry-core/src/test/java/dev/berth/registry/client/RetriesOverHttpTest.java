package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.FlakyProxy;
import dev.berth.registry.client.fixtures.FlakyProxy.Fate;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry that is too busy answers, and what is done about it. Nobody really waits. */
@Timeout(60)
final class RetriesOverHttpTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");

    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    private final byte[] bytes = Content.bytes(1, 10_000);
    private final Digest digest = Digest.sha256(bytes);
    private ServedRegistry server;
    private RemoteRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = new ServedRegistry();
        Content.blob(server.stored().repository(NAME), bytes);
        registry = connect(server.address());
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private RemoteRegistry connect(String address) {
        return RemoteRegistry.at(
                address,
                RemoteOptions.builder()
                        .backoff(new Backoff(slept::add, () -> 1))
                        .clock(() -> Instant.EPOCH)
                        .build());
    }

    private Repository repository() {
        return registry.repository(NAME);
    }

    /** Answers the first requests with a status instead of asking the registry. */
    private void refuse(int times, int status, String... header) {
        AtomicInteger count = new AtomicInteger();
        server.filter((request, next) -> {
            if (count.getAndIncrement() >= times) {
                return next.handle(request);
            }
            RegistryResponse.Builder answer = RegistryResponse.builder(status);
            if (header.length > 0) {
                answer.header(header[0], header[1]);
            }
            return answer.build();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void retriesTransientStatuses(int status) {
        refuse(3, status);

        assertThat(repository().blobs().find(digest)).isPresent();

        assertThat(server.requests()).hasSize(4);
        assertThat(slept).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "405", "416", "500", "501", "507"})
    void doesNotRetryPermanentStatuses(int status) {
        refuse(1000, status);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository().blobs().find(digest))
                .withMessageContaining(digest.toString())
                .withMessageContaining(server.address());

        assertThat(server.requests()).hasSize(1);
        assertThat(slept).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, TOOMANYREQUESTS", "503, UNAVAILABLE"})
    void givesUpAfterTheLastAttempt(int status, ErrorCode code) {
        refuse(1000, status);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository().blobs().find(digest))
                .matches(e -> e.code() == code);

        assertThat(server.requests()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"17", "'Thu, 01 Jan 1970 00:00:17 GMT'"})
    void waitsForTheRetryAfterOfTheServer(String value) {
        refuse(1, 429, "Retry-After", value);

        assertThat(repository().blobs().find(digest)).isPresent();

        assertThat(slept).containsExactly(Duration.ofSeconds(17), Duration.ofMillis(500));
    }

    @Test
    void failsWithTheRetryAfterIfItIsTooLong() {
        refuse(1000, 503, "Retry-After", "3600");

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository().blobs().find(digest))
                .matches(e -> e.retryAfter().orElseThrow().equals(Duration.ofHours(1)));

        assertThat(server.requests()).hasSize(1);
        assertThat(slept).isEmpty();
    }

    @Test
    void retriesAPush() {
        byte[] more = Content.bytes(2, 300_000);
        refuse(1, 502);
        repository().blobs().push(Digest.sha256(more), BlobSource.of(more));
        assertThat(server.stored().repository(NAME).blobs().find(Digest.sha256(more)))
                .isPresent();

        AtomicInteger puts = new AtomicInteger();
        server.filter((request, next) -> request.method().equals("PUT") && puts.getAndIncrement() < 2
                ? RegistryResponse.builder(503).build()
                : next.handle(request));
        byte[] others = Content.bytes(3, 300_000);
        repository().blobs().push(Digest.sha256(others), BlobSource.of(others));
        assertThat(server.stored().repository(NAME).blobs().find(Digest.sha256(others)))
                .isPresent();
    }

    /** Who answers 502 does not know whether the registry has done it; who answers 429 does. */
    @Test
    void retriesAConditionalPushOnlyIfItHadNoEffect() {
        Manifest image = Content.image(server.stored().repository(NAME), 4);
        PutOptions onlyIfAbsent = PutOptions.tagged(Tag.parse("1")).onlyIf(TagCondition.absent());
        AtomicInteger puts = new AtomicInteger();
        server.filter((request, next) -> request.method().equals("PUT") && puts.getAndIncrement() == 0
                ? RegistryResponse.builder(429).build()
                : next.handle(request));
        assertThat(repository().manifests().put(image, onlyIfAbsent).tags()).containsExactly(Tag.parse("1"));

        repository().tags().delete(Tag.parse("1"));
        puts.set(0);
        server.filter((request, next) -> {
            RegistryResponse answer = next.handle(request);
            return request.method().equals("PUT") && puts.getAndIncrement() == 0
                    ? RegistryResponse.builder(502).build()
                    : answer;
        });
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository().manifests().put(image, onlyIfAbsent))
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE);
        assertThat(puts).hasValue(1);
    }

    @Test
    void retriesOverABadNetwork() throws IOException {
        try (FlakyProxy network = new FlakyProxy(server.port(), i -> switch (i) {
                    case 0 -> Fate.answer(502);
                    case 1 -> Fate.cutDownloadAfter(0);
                    case 2 -> Fate.answer(429, "Retry-After: 3");
                    case 3 -> Fate.cutDownloadAfter(20);
                    default -> Fate.good();
                });
                RemoteRegistry through = connect(network.address())) {
            assertThat(through.repository(NAME).blobs().find(digest)).isPresent();
            assertThat(network.connections()).isEqualTo(5);
            assertThat(slept).contains(Duration.ofSeconds(3));
        }
    }

    @Test
    void retriesARefusedConnection() throws IOException {
        // A port that is taken, so that nobody else can listen there, but at which nobody listens.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "127.0.0.1:" + taken.getLocalPort();
            try (RemoteRegistry early = connect(address)) {
                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> early.repository(NAME).blobs().find(digest))
                        .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                        .withMessageContaining("Nothing accepts connections at http://" + address);
            }
        }
        assertThat(slept).hasSize(4);
    }
}
