package dev.berth.registry.client;

import dev.berth.registry.internal.transport.IncomingResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern VALUE = Pattern.compile("\\s*(\\d{1,18})\\s*(?:;\\s*w=(\\d{1,9})\\s*)?(?:[;,].*)?");
    private static final Pattern SOURCE = Pattern.compile("[!-~]{1,200}");

    /** Checks that the numbers are not negative. */
    public RateLimit {
        if (remaining < 0 || limit.isPresent() && limit.getAsLong() < 0) {
            throw new IllegalArgumentException("A registry cannot take less than no requests");
        }
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(seen, "seen");
    }

    /** Returns what a response says, or empty if it says nothing, or nothing that makes sense. */
    static Optional<RateLimit> of(IncomingResponse response, Instant now) {
        Optional<Matcher> remaining = value(response, "ratelimit-remaining");
        if (remaining.isEmpty()) {
            return Optional.empty();
        }
        Optional<Matcher> limit = value(response, "ratelimit-limit");
        return Optional.of(new RateLimit(
                limit.map(found -> OptionalLong.of(Long.parseLong(found.group(1))))
                        .orElse(OptionalLong.empty()),
                Long.parseLong(remaining.get().group(1)),
                remaining.flatMap(RateLimit::window).or(() -> limit.flatMap(RateLimit::window)),
                response.header("docker-ratelimit-source")
                        .filter(text -> SOURCE.matcher(text).matches()),
                now));
    }

    private static Optional<Matcher> value(IncomingResponse response, String name) {
        return response.header(name).map(VALUE::matcher).filter(Matcher::matches);
    }

    private static Optional<Duration> window(Matcher value) {
        return Optional.ofNullable(value.group(2)).map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}
