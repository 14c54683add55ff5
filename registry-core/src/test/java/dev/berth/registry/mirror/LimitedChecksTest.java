package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.mirror.StaleAnswer.Reason;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A mirror checks tags less often before the upstream registry takes no more requests. */
class LimitedChecksTest {
    private final AtomicInteger remaining = new AtomicInteger(100);

    private Mirrored limited() throws IOException {
        Mirrored setup = new Mirrored(builder -> builder.fresh(Duration.ZERO));
        setup.upstream.filter((request, next) -> {
            RegistryResponse answer = next.handle(request);
            return answer.withHeader("ratelimit-limit", "100;w=21600")
                    .withHeader("ratelimit-remaining", remaining + ";w=21600");
        });
        return setup;
    }

    private static long checks(Mirrored setup) {
        return setup.asked("HEAD", "/manifests/latest");
    }

    @Test
    void theListenerIsToldWhatIsLeft() throws Exception {
        try (Mirrored setup = limited()) {
            setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            remaining.set(50);
            setup.here().manifests().get(LATEST);

            assertThat(setup.noted.limits).extracting(RateLimit::remaining).containsExactly(100L, 50L);
        }
    }

    @Test
    void whileEnoughIsLeftEachPullIsChecked() throws Exception {
        try (Mirrored setup = limited()) {
            setup.image(1, LATEST);
            remaining.set(26);
            for (int i = 0; i < 5; i++) {
                setup.here().manifests().get(LATEST);
            }

            assertThat(checks(setup)).isEqualTo(4);
            assertThat(setup.noted.stale).isEmpty();
        }
    }

    @Test
    void belowAQuarterTheChecksAreSpreadOverTheWindow() throws Exception {
        try (Mirrored setup = limited()) {
            setup.image(1, LATEST);
            remaining.set(6);
            setup.here().manifests().get(LATEST);
            for (int minute = 0; minute < 180; minute++) {
                setup.here().manifests().get(LATEST);
                setup.clock.advance(Duration.ofMinutes(1));
            }

            // Six requests for six hours.
            assertThat(checks(setup)).isEqualTo(3);
            assertThat(setup.noted.stale).isNotEmpty().allMatch(told -> told.reason() == Reason.LIMITED);
        }
    }

    @Test
    void withNothingLeftNothingIsCheckedUntilTheWindowIsOver() throws Exception {
        try (Mirrored setup = limited()) {
            setup.image(1, LATEST);
            remaining.set(0);
            setup.here().manifests().get(LATEST);
            setup.clock.advance(Duration.ofHours(5));
            setup.here().manifests().get(LATEST);
            assertThat(checks(setup)).isZero();

            setup.clock.advance(Duration.ofHours(2));
            setup.here().manifests().get(LATEST);

            assertThat(checks(setup)).isEqualTo(1);
        }
    }
}
