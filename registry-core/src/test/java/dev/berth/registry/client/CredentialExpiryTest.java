package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.engine.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Credentials that are good for a time only, as those of clouds that give out passwords for hours. */
class CredentialExpiryTest {
    private final SettableClock clock = new SettableClock();
    private final AtomicInteger given = new AtomicInteger();
    private volatile boolean failing;

    private final CredentialStore store = (registry, repository) -> {
        if (failing) {
            throw RegistryException.of(ErrorCode.UNAUTHORIZED, "The helper is broken");
        }
        return Optional.of(Credentials.of("user", "password-" + given.incrementAndGet())
                .withExpiry(clock.instant().plus(Duration.ofHours(12))));
    };

    private static ScriptedServer askingForPasswords() throws IOException {
        return new ScriptedServer(request -> request.authorization().isEmpty()
                ? new Answer(401, "", "WWW-Authenticate", "Basic realm=\"r\"")
                : new Answer(404, ""));
    }

    private RemoteRegistry open(ScriptedServer server) {
        return RemoteRegistry.at(
                server.address(),
                RemoteOptions.builder()
                        .credentials(store)
                        .retry(RetryPolicy.none())
                        .clock(clock)
                        .build());
    }

    private static void call(RemoteRegistry registry) {
        assertThat(registry.repository("a").manifests().find(Tag.parse("b"))).isEmpty();
    }

    private static List<String> sent(ScriptedServer server) {
        return server.requests().stream()
                .map(ScriptedServer.Request::authorization)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    @Test
    void credentialsAreRenewedAnHourBeforeTheyExpire() throws Exception {
        try (ScriptedServer server = askingForPasswords();
                RemoteRegistry registry = open(server)) {
            call(registry);
            clock.advance(Duration.ofMinutes(10 * 60 + 59));
            call(registry);
            assertThat(given).hasValue(1);

            clock.advance(Duration.ofMinutes(2));
            call(registry);

            assertThat(given).hasValue(2);
            assertThat(sent(server)).hasSize(2);
        }
    }

    @Test
    void theOldOnesAreUsedUntilTheyExpireWhileThereAreNoNewOnes() throws Exception {
        try (ScriptedServer server = askingForPasswords();
                RemoteRegistry registry = open(server)) {
            call(registry);
            failing = true;
            clock.advance(Duration.ofMinutes(11 * 60 + 30));
            call(registry);

            clock.advance(Duration.ofHours(1));

            assertThatThrownBy(() -> call(registry))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageNotContaining("password-");
            assertThat(sent(server)).hasSize(1);
        }
    }

    @Test
    void credentialsWithoutAnExpiryAreAskedForOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = askingForPasswords();
                RemoteRegistry registry = RemoteRegistry.at(
                        server.address(),
                        RemoteOptions.builder()
                                .credentials((name, repository) -> {
                                    asked.incrementAndGet();
                                    return Optional.of(Credentials.of("user", "password"));
                                })
                                .clock(clock)
                                .build())) {
            call(registry);
            clock.advance(Duration.ofDays(1000));
            call(registry);

            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void credentialsArePrintedWithoutTheirSecret() {
        assertThat(Credentials.of("user", "secret").withExpiry(clock.instant()).toString())
                .doesNotContain("secret");
    }
}
