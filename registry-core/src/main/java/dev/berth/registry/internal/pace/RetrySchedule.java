package dev.berth.registry.internal.pace;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait after failures: exponential, with full jitter, so that many do not come back at the same time. */
public final class RetrySchedule {
    private static final int MOST_DOUBLINGS = 30;

    /** So that an unlucky number does not make a loop without a pause. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Duration first;
    private final Duration longest;
    private final DoubleSupplier random;

    /** Creates a schedule that waits for {@code first} on average after one failure. */
    public RetrySchedule(Duration first, Duration longest, DoubleSupplier random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** Returns the wait after this many failures in a row. */
    public Duration after(int failures) {
        double most = Math.min(
                2.0 * first.toMillis() * (1L << Math.min(failures - 1, MOST_DOUBLINGS)), 2.0 * longest.toMillis());
        Duration wait = Duration.ofMillis((long) (most * random.getAsDouble()));
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    }
}
