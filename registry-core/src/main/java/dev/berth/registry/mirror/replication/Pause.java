package dev.berth.registry.mirror.replication;

import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.pace.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Leaves a registry alone after failures, for longer each time, and at least as long as it says. Thread-safe. */
final class Pause {
    private final RetrySchedule schedule;
    private final InstantSource clock;
    private int failures;
    private Instant until = Instant.MIN;
    private Optional<String> reason = Optional.empty();

    Pause(RetrySchedule schedule, InstantSource clock) {
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Returns whether such a failure is likely to be that of all calls. */
    static boolean isOfAll(RegistryException e) {
        return switch (e.code()) {
            case UNAVAILABLE, TOOMANYREQUESTS, UNAUTHORIZED, INSUFFICIENT_STORAGE -> true;
            default -> false;
        };
    }

    /** Begins a pause, or makes it longer. */
    synchronized void begin(RegistryException e) {
        Instant now = clock.instant();
        if (now.isBefore(until) && e.retryAfter().isEmpty()) {
            // It failed in several threads at the same time.
            return;
        }
        failures++;
        Duration wait = schedule.after(failures);
        Duration told = e.retryAfter().orElse(Duration.ZERO);
        until = now.plus(wait.compareTo(told) < 0 ? told : wait);
        reason = Optional.of(RuleRun.reason(e));
    }

    /** Notes that a call was answered; one that was begun before a pause does not end it. */
    synchronized void succeeded() {
        failures = 0;
        if (!clock.instant().isBefore(until)) {
            reason = Optional.empty();
        }
    }

    /** Returns when it ends, if it has not ended. */
    synchronized Optional<Instant> end() {
        return clock.instant().isBefore(until) ? Optional.of(until) : Optional.empty();
    }

    /** Returns why the last pause was made, if nothing has succeeded since. */
    synchronized Optional<String> reason() {
        return reason;
    }
}
