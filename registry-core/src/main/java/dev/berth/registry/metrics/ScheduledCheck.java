package dev.berth.registry.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A check with what is known from making it. One thread makes it, any may ask. */
final class ScheduledCheck {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final String name;
    private final HealthCheck check;
    private final CheckSchedule schedule;
    private final boolean servingNeedsIt;
    private final LongSupplier nanoTime;

    private volatile State state = new State(false, 0, "", null);

    /**
     * What is known.
     *
     * @param made whether the check has ended once
     * @param failures how many have failed, one after the other
     * @param reason why the last one did
     * @param began when the one began that is being made, or null
     */
    private record State(
            boolean made,
            int failures,
            String reason,
            @Nullable Long began) {}

    ScheduledCheck(
            String name, HealthCheck check, CheckSchedule schedule, boolean servingNeedsIt, LongSupplier nanoTime) {
        this.name = name;
        this.check = check;
        this.schedule = schedule;
        this.servingNeedsIt = servingNeedsIt;
        this.nanoTime = nanoTime;
    }

    String name() {
        return name;
    }

    CheckSchedule schedule() {
        return schedule;
    }

    /** Returns whether nothing can be served while it fails. */
    boolean servingNeedsIt() {
        return servingNeedsIt;
    }

    /** Makes the check once. */
    void make() {
        State before = state;
        long began = nanoTime.getAsLong();
        state = new State(before.made, before.failures, before.reason, began);
        String failure = failure();
        if (Thread.currentThread().isInterrupted()) {
            // Nobody wants to know any more, and nothing is known.
            state = before;
            return;
        }
        if (failure.isEmpty()
                && nanoTime.getAsLong() - began > schedule.timeout().toNanos()) {
            failure = tooSlow();
        }
        if (failure.isEmpty()) {
            if (before.failures >= schedule.threshold()) {
                log.info("The health check {} succeeds again", name);
            }
            state = new State(true, 0, "", null);
        } else {
            int failures = before.failures == Integer.MAX_VALUE ? before.failures : before.failures + 1;
            state = new State(true, failures, failure, null);
            if (failures == schedule.threshold()) {
                log.warn("The health check {} fails: {}", name, failure);
            }
        }
    }

    /** Makes the check, and returns what is wrong, or empty text. */
    private String failure() {
        try {
            check.check();
            return "";
        } catch (UnhealthyException e) {
            String message = e.getMessage();
            return message == null || message.isBlank() ? "The check has failed" : message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (Exception e) {
            if (state.failures + 1 == schedule.threshold()
                    && !Thread.currentThread().isInterrupted()) {
                log.warn("The health check {} has failed", name, e);
            }
            return "The check has failed; the log of the server says why";
        }
    }

    private String tooSlow() {
        return "There was no answer within " + seconds(schedule.timeout());
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " seconds"
                : duration.toMillis() + " milliseconds";
    }

    /**
     * Returns what is wrong now, or empty if nothing is known to be. A check that has not ended counts as one failure when
     * its time is over, and as one more for each interval after that. Does not wait.
     */
    Optional<String> problem() {
        State now = state;
        Long began = now.began;
        long late = began == null
                ? -1
                : nanoTime.getAsLong() - began - schedule.timeout().toNanos();
        if (late > 0) {
            long hanging = 1 + late / schedule.interval().toNanos();
            return now.failures + hanging >= schedule.threshold() ? Optional.of(tooSlow()) : Optional.empty();
        }
        return now.failures >= schedule.threshold() ? Optional.of(now.reason) : Optional.empty();
    }

    /** Returns whether the check has ended once, successfully or not. */
    boolean made() {
        return state.made;
    }
}
