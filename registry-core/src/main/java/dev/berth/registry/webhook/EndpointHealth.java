package dev.berth.registry.webhook;

import dev.berth.registry.internal.pace.RetrySchedule;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an endpoint takes messages at all. When the messages of several repositories have failed and nothing went well
 * since, it is down: one message at a time is tried, of another repository each time, so that one which is refused for
 * itself does not keep it down. One repository alone is never taken for the endpoint. For one thread.
 */
final class EndpointHealth {
    /** How many failures are more than bad luck. */
    static final int SEVERAL = 3;

    private final RetrySchedule schedule;
    private final Set<String> failing = new HashSet<>();
    private boolean delivered;
    private boolean failed;
    private boolean down;
    private int probes;
    private Instant nextProbe = Instant.EPOCH;
    private Instant quietUntil = Instant.EPOCH;

    EndpointHealth(RetrySchedule schedule) {
        this.schedule = schedule;
    }

    void reset() {
        failing.clear();
        down = false;
        probes = 0;
        nextProbe = Instant.EPOCH;
        quietUntil = Instant.EPOCH;
    }

    boolean down() {
        return down;
    }

    /** Returns whether it is down, and was tried several times since. */
    boolean failedForLong() {
        return down && probes >= SEVERAL;
    }

    /** Returns the time before which nothing may be sent. */
    Instant nextSend() {
        return down && nextProbe.isAfter(quietUntil) ? nextProbe : quietUntil;
    }

    void beginRound() {
        delivered = false;
        failed = false;
    }

    void delivered() {
        delivered = true;
    }

    /** Notes a failure, and until when the receiver wants to be left alone. */
    void failed(String lane, Optional<Instant> quiet) {
        failed = true;
        failing.add(lane);
        if (quiet.isPresent() && quiet.get().isAfter(quietUntil)) {
            quietUntil = quiet.get();
        }
    }

    /** Draws conclusions, and returns whether it was down and is not any more. */
    boolean endRound(Instant now) {
        if (delivered) {
            boolean up = down;
            failing.clear();
            down = false;
            probes = 0;
            return up;
        }
        if (failed && (down || failing.size() >= SEVERAL)) {
            down = true;
            probes++;
            nextProbe = now.plus(schedule.after(probes));
        }
        return false;
    }
}
