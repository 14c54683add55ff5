package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A challenge that leads nowhere is not remembered: the next request is sent, and works if the registry is well again. */
@Timeout(60)
final class BadChallengeTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final byte[] BYTES = "content".getBytes(StandardCharsets.US_ASCII);
    private static final Digest DIGEST = Digest.sha256(BYTES);
    private static final String PLAIN = "";

    private final AtomicReference<String> challenge = new AtomicReference<>(PLAIN);
    private final AtomicReference<String> accepted = new AtomicReference<>("Bearer T");
    private final AtomicReference<String> refusedScope = new AtomicReference<>("none");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private ScriptedServer tokens;
    private ScriptedServer server;
    private RemoteRegistry registry;

    @BeforeEach
    void start() throws IOException {
        tokens = new ScriptedServer(request -> request.target().contains(refusedScope.get())
                ? new Answer(400, "")
                : new Answer(200, "{\"token\":\"" + accepted.get().substring("Bearer ".length()) + "\"}"));
        server = new ScriptedServer(request -> {
            boolean open = challenge.get().isEmpty();
            return open || request.authorization().equals(accepted.get())
                    ? new Answer(200, "content", "Content-Type", "application/octet-stream")
                    : new Answer(401, "", "WWW-Authenticate", challenge.get());
        });
        registry = RemoteRegistry.at(
                server.address(),
                RemoteOptions.builder()
                        .retry(RetryPolicy.none())
                        .clock(now::get)
                        .build());
    }

    @AfterEach
    void stop() {
        registry.close();
        tokens.close();
        server.close();
    }

    private byte[] pull() throws IOException {
        try (BlobContent content = registry.repository(NAME).blobs().open(DIGEST)) {
            return content.stream().readAllBytes();
        }
    }

    private String good() {
        return "Bearer realm=\"http://" + tokens.address() + "/token\",service=\"s\"";
    }

    private void failsOnceWith(String bad) {
        challenge.set(bad);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(this::pull)
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"::::\"",
                "Bearer realm=\"http://[\"",
                "Bearer realm=\"\"",
                "Bearer realm=\"/token\"",
                "Bearer realm=\"ftp://127.0.0.1/token\"",
                "Bearer realm=\"https://nowhere.invalid/token\"",
                "Bearer realm=\"http://nowhere.invalid/token\"",
                "Bearer realm=\"http://127.0.0.1:1/token\"",
                "Negotiate",
            })
    void isForgottenWhenTheRegistryIsWellAgain(String bad) throws IOException {
        failsOnceWith(bad);
        challenge.set(PLAIN);
        assertThat(pull()).isEqualTo(BYTES);

        failsOnceWith(bad);
        challenge.set(good());
        assertThat(pull()).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer realm=\"::::\"", "Bearer realm=\"https://nowhere.invalid/token\""})
    void doesNotReplaceAGoodOne(String bad) throws IOException {
        challenge.set(good());
        assertThat(pull()).isEqualTo(BYTES);

        accepted.set("Bearer U");
        failsOnceWith(bad);

        challenge.set(good());
        assertThat(pull()).isEqualTo(BYTES);
    }

    @Test
    void isForgottenWithTheScopesThatItDemanded() throws IOException {
        refusedScope.set("odd");
        failsOnceWith(good() + ",scope=\"odd:name:pull\"");

        challenge.set(good());
        assertThat(pull()).isEqualTo(BYTES);
    }

    /** A token service may move. What was asked of the old one fails once at most. */
    @Test
    void isForgottenWhenItsTokenServiceHasGone() throws IOException {
        try (ScriptedServer old = new ScriptedServer(request -> new Answer(200, "{\"token\":\"T\"}"))) {
            challenge.set("Bearer realm=\"http://" + old.address() + "/token\"");
            assertThat(pull()).isEqualTo(BYTES);
        }
        challenge.set(good());
        now.set(now.get().plus(Duration.ofHours(1)));
        assertThatExceptionOfType(RegistryException.class).isThrownBy(this::pull);

        assertThat(pull()).isEqualTo(BYTES);
    }
}
