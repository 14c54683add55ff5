package dev.berth.registry.client;

import dev.berth.registry.internal.transport.IncomingResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what a registry has said last about how many requests it takes. Thread-safe. */
final class RateLimits {
    private final InstantSource clock;
    private volatile @Nullable RateLimit last;

    RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    void note(IncomingResponse response) {
        RateLimit.of(response, clock.instant()).ifPresent(said -> last = said);
    }

    Optional<RateLimit> last() {
        return Optional.ofNullable(last);
    }
}
