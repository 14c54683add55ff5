package dev.berth.registry.testing;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.WireHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that goes wrong: for which requests, for how many of them, and what. A value, for
 * {@link TestRegistry#inject} and {@link TestRegistry.Builder#fault}.
 *
 * <pre>{@code
 * Fault.on(GET, "/v2/team/app/blobs/*").times(2).status(503)
 * Fault.in("team/app").delay(Duration.ofMillis(200)).throttle(10_000)
 * Fault.onAny().nth(3).reset()
 * Fault.without(Feature.REFERRERS)
 * }</pre>
 *
 * <p>In a path, {@code *} stands for any text without a slash and {@code **} for any text. A fault without {@link #nth}
 * and {@link #times} hits every request that it matches. Several effects of a fault act one after the other, as do
 * several faults that match the same request: in the order in which they were added, each on what the next ones answer.
 * Immutable.
 */
public final class Fault {
    private final RequestPattern pattern;
    private final long first;
    private final long count;
    private final List<Effect> effects;

    private Fault(RequestPattern pattern, long first, long count, List<Effect> effects) {
        this.pattern = pattern;
        this.first = first;
        this.count = count;
        this.effects = List.copyOf(effects);
    }

    private static Fault of(RequestPattern pattern) {
        return new Fault(pattern, 1, Long.MAX_VALUE, List.of());
    }

    /** Begins a fault for all requests. */
    public static Fault onAny() {
        return of(RequestPattern.any());
    }

    /**
     * Begins a fault for requests of this method to these paths.
     *
     * @throws IllegalArgumentException if the pattern does not begin with a slash
     */
    public static Fault on(HttpMethod method, String path) {
        return of(new RequestPattern(Optional.of(method), Optional.of(PathPattern.of(path)), Optional.empty()));
    }

    /** Begins a fault for requests of any method to these paths; fails as {@link #on(HttpMethod, String)} does. */
    public static Fault on(String path) {
        return of(new RequestPattern(Optional.empty(), Optional.of(PathPattern.of(path)), Optional.empty()));
    }

    /**
     * Begins a fault for all requests to this repository.
     *
     * @throws IllegalArgumentException if the name is not one of a repository
     */
    public static Fault in(String repository) {
        return of(
                new RequestPattern(Optional.empty(), Optional.empty(), Optional.of(RepositoryName.parse(repository))));
    }

    /** Returns the fault that the registry lacks a feature, in all repositories. */
    public static Fault without(Feature feature) {
        return onAny().with(new UnsupportedFeature(Objects.requireNonNull(feature, "feature")));
    }

    /** Spares the requests before the n-th of those that match, and, unless {@link #times} says more, those after. */
    public Fault nth(long n) {
        requirePositive(n);
        return new Fault(pattern, n, count == Long.MAX_VALUE ? 1 : count, effects);
    }

    /** Hits so many of the requests that match: the first ones, or those from the {@link #nth} on. */
    public Fault times(long times) {
        requirePositive(times);
        return new Fault(pattern, first, times, effects);
    }

    private static void requirePositive(long number) {
        if (number < 1) {
            throw new IllegalArgumentException("Requests are counted from 1, not from " + number);
        }
    }

    /** Answers with this status, and the error body of a registry if it is one of an error, at once. */
    public Fault status(int status) {
        return with(new ResponseEffects.Status(status, Map.of(), Optional.empty()));
    }

    /**
     * Answers with this, at once.
     *
     * @param body the text of the body; {@code Content-Type} is {@code text/plain} unless the headers say otherwise
     * @throws IllegalArgumentException if the status is not 200 to 599, or a header cannot be one or is set by the server
     *     itself, as {@code Content-Length} is
     */
    public Fault status(int status, Map<String, String> headers, String body) {
        return with(new ResponseEffects.Status(status, headers, Optional.of(body)));
    }

    /**
     * Answers with 429 TOOMANYREQUESTS and {@code Retry-After}, in whole seconds, rounded up.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public Fault tooManyRequests(Duration retryAfter) {
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("Nobody can come again before now: " + retryAfter);
        }
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        return with(new ResponseEffects.Status(
                429, Map.of(WireHeaders.RETRY_AFTER, Long.toString(seconds)), Optional.empty()));
    }

    /** Lets the registry see the request only after this time. */
    public Fault delay(Duration duration) {
        return with(new ResponseEffects.Delay(duration));
    }

    /** Sends the body of the answer no faster than this. */
    public Fault throttle(long bytesPerSecond) {
        return with(new BodyEffects.Throttle(bytesPerSecond));
    }

    /** Resets the connection instead of an answer. The registry does not see the request. */
    public Fault reset() {
        return with(new ResponseEffects.Reset());
    }

    /** Resets the connection instead of an answer, but only after the registry has done what was asked. */
    public Fault loseAnswer() {
        return with(new ResponseEffects.LostResponse());
    }

    /**
     * Resets the connection after so many bytes of the answer's body, or at its end if it is not longer. An answer that
     * has no body, as that to HEAD, arrives.
     */
    public Fault resetAfter(long bytes) {
        return with(new BodyEffects.ResetAfter(bytes));
    }

    /**
     * Ends the body of the response after so many bytes, although {@code Content-Length} says more, and closes the
     * connection in order, as a proxy does whose upstream fails: the client sees an unexpected end, not a reset. A body
     * that is not longer, and the response to HEAD, arrive as they are.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public Fault truncate(long bytes) {
        return with(new BodyEffects.Truncate(bytes));
    }

    /** Turns the first byte of the answer's body into another one. */
    public Fault corrupt() {
        return corruptAt(0);
    }

    /** Turns the byte at this position of the answer's body into another one; a body that is shorter stays intact. */
    public Fault corruptAt(long position) {
        return with(new BodyEffects.Corrupt(position));
    }

    /** Answers with a {@code Docker-Content-Digest} that is not the content's. */
    public Fault wrongDigest() {
        return with(new ResponseEffects.WrongDigest());
    }

    /**
     * Lets the token that comes with the request expire just before: the registry refuses it, now and later, and the
     * client has to get another one. For registries with {@link TestRegistry.Builder#tokenAuth}; a request without a
     * token stays as it is.
     */
    public Fault expiredToken() {
        return with(new ResponseEffects.ExpiredToken());
    }

    /**
     * Answers with a {@code Content-Length} that is not the body's.
     *
     * @param difference by how many bytes: if positive, the connection ends before the body does; if negative, the body
     *     is cut short
     */
    public Fault wrongLength(long difference) {
        return with(new BodyEffects.WrongLength(difference));
    }

    private Fault with(Effect effect) {
        List<Effect> more = new ArrayList<>(effects);
        more.add(effect);
        return new Fault(pattern, first, count, more);
    }

    RequestPattern pattern() {
        return pattern;
    }

    List<Effect> effects() {
        return effects;
    }

    /** Returns whether the n-th of the requests that match is hit, counted from 1. */
    boolean hits(long n) {
        return n >= first && n - first < count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fault fault
                && pattern.equals(fault.pattern)
                && first == fault.first
                && count == fault.count
                && effects.equals(fault.effects);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pattern, first, count, effects);
    }

    @Override
    public String toString() {
        return "Fault on " + pattern + (first > 1 ? ", from number " + first : "")
                + (count < Long.MAX_VALUE ? ", " + count + " times" : "") + ": " + effects;
    }
}
