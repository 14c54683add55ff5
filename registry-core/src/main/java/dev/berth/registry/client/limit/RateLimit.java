package dev.berth.registry.client.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a registry says about how many requests it still takes: the header fields {@code ratelimit-limit} and
 * {@code ratelimit-remaining}, as Docker Hub sends them with manifests. Immutable.
 *
 * @param limit how many requests it takes in a window, if it says so
 * @param remaining how many of them are left
 * @param window the length of the window, if it says so
 * @param source whom it counts the requests for ({@code docker-ratelimit-source}): an address or an account, if it says so
 * @param seen when it said so, by the clock of the client
 * @since 0.1
 */
public record RateLimit(
        OptionalLong limit, long remaining, Optional<Duration> window, Optional<String> source, Instant seen) {
    /** Checks that the numbers are not negative. */
    public RateLimit {
        if (remaining < 0 || limit.isPresent() && limit.getAsLong() < 0) {
            throw new IllegalArgumentException("A registry cannot take less than no requests");
        }
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(seen, "seen");
    }
}
