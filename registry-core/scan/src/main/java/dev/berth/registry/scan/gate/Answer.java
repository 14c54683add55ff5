package dev.berth.registry.scan.gate;

import java.time.Duration;
import java.util.Objects;

/**
 * What a rule says of an image of which nothing is known yet, or nothing can be. Immutable.
 *
 * @since 0.1
 */
public final class Answer {
    private static final Answer ALLOW = new Answer(true, Duration.ZERO);
    private static final Answer DENY = new Answer(false, Duration.ZERO);

    private final boolean allowed;
    private final Duration held;

    private Answer(boolean allowed, Duration held) {
        this.allowed = allowed;
        this.held = held;
    }

    /** Returns the answer that hands the image out. */
    public static Answer allow() {
        return ALLOW;
    }

    /** Returns the answer that refuses it. */
    public static Answer deny() {
        return DENY;
    }

    /**
     * Returns the answer that refuses it for a time, with a sentence that says until when, and then gives another one. A
     * request does not wait.
     *
     * @param time counts from when the state of the image began; of an image that nobody has scanned, from when it was first
     *     asked for, as far as this process remembers
     * @param then {@link #allow()} or {@link #deny()}
     * @throws IllegalArgumentException if the time is not positive, or the other answer holds as well
     */
    public static Answer hold(Duration time, Answer then) {
        Objects.requireNonNull(time, "time");
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("The time for which an image is held must be positive, not " + time);
        }
        if (!then.held.isZero()) {
            throw new IllegalArgumentException("An image that was held is allowed or denied, not held again");
        }
        return new Answer(then.allowed, time);
    }

    /** Returns whether it hands the image out in the end. */
    boolean isAllowed() {
        return allowed;
    }

    /** Returns for how long it refuses first; zero if it does not. */
    Duration held() {
        return held;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer that && allowed == that.allowed && held.equals(that.held);
    }

    @Override
    public int hashCode() {
        return Objects.hash(allowed, held);
    }

    /** Returns it in words. */
    @Override
    public String toString() {
        String last = allowed ? "allow" : "deny";
        return held.isZero() ? last : "hold for " + held + ", then " + last;
    }
}
