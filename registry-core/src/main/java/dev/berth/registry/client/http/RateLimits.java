package dev.berth.registry.client.http;

import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.internal.transport.IncomingResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps what a registry has said last about how many requests it takes. Thread-safe. */
public final class RateLimits {
    private static final Pattern VALUE = Pattern.compile("\\s*(\\d{1,18})\\s*(?:;\\s*w=(\\d{1,9})\\s*)?(?:[;,].*)?");
    private static final Pattern SOURCE = Pattern.compile("[!-~]{1,200}");

    private final InstantSource clock;
    private volatile @Nullable RateLimit last;

    public RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes what a response says, unless it says nothing, or nothing that makes sense. */
    public void note(IncomingResponse response) {
        Optional<Matcher> remaining = value(response, "ratelimit-remaining");
        if (remaining.isEmpty()) {
            return;
        }
        Optional<Matcher> limit = value(response, "ratelimit-limit");
        last = new RateLimit(
                limit.map(found -> OptionalLong.of(Long.parseLong(found.group(1))))
                        .orElse(OptionalLong.empty()),
                Long.parseLong(remaining.get().group(1)),
                remaining.flatMap(RateLimits::window).or(() -> limit.flatMap(RateLimits::window)),
                response.header("docker-ratelimit-source")
                        .filter(text -> SOURCE.matcher(text).matches()),
                clock.instant());
    }

    private static Optional<Matcher> value(IncomingResponse response, String name) {
        return response.header(name).map(VALUE::matcher).filter(Matcher::matches);
    }

    private static Optional<Duration> window(Matcher value) {
        return Optional.ofNullable(value.group(2)).map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** Returns what it has said last. */
    public Optional<RateLimit> last() {
        return Optional.ofNullable(last);
    }
}
