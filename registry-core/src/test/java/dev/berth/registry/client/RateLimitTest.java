package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.engine.SettableClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a registry says about how many requests it still takes. */
class RateLimitTest {
    private final SettableClock clock = new SettableClock();

    private Optional<RateLimit> after(int status, String... headers) throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> new Answer(status, "", headers));
                RemoteRegistry registry = RemoteRegistry.at(
                        server.address(),
                        RemoteOptions.builder()
                                .retry(RetryPolicy.none())
                                .clock(clock)
                                .build())) {
            assertThat(registry.rateLimit()).isEmpty();
            try {
                registry.repository("a").manifests().find(Tag.parse("b"));
            } catch (RegistryException e) {
                assertThat(status).isEqualTo(429);
            }
            return registry.rateLimit();
        }
    }

    @Test
    void itIsReadFromTheHeadersOfAnAnswer() throws Exception {
        assertThat(after(
                        404,
                        "ratelimit-limit",
                        "100;w=21600",
                        "ratelimit-remaining",
                        "76;w=21600",
                        "docker-ratelimit-source",
                        "192.0.2.7"))
                .contains(new RateLimit(
                        OptionalLong.of(100),
                        76,
                        Optional.of(Duration.ofHours(6)),
                        Optional.of("192.0.2.7"),
                        clock.instant()));
    }

    @Test
    void itIsReadFromARefusal() throws Exception {
        assertThat(after(429, "RateLimit-Remaining", "0"))
                .contains(new RateLimit(OptionalLong.empty(), 0, Optional.empty(), Optional.empty(), clock.instant()));
    }

    @Test
    void headersThatMakeNoSenseAreIgnored() throws Exception {
        assertThat(after(404, "ratelimit-limit", "100", "ratelimit-remaining", "many"))
                .isEmpty();
    }
}
