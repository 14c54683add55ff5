package dev.berth.registry.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What has happened in a run, a line for each event. Kept if somebody is going to read it; otherwise only a hash of it. */
final class Trace {
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private int hash;

    Trace(boolean kept) {
        this.kept = kept;
    }

    /** Adds an event. */
    void add(long nanos, String actor, String what, Supplier<String> details) {
        hash = 31 * (31 * hash + Long.hashCode(nanos)) + what.hashCode();
        if (kept) {
            lines.add(String.format("%16s  %-14s %-8s %s", time(nanos), actor, what, details.get()));
        }
    }

    private static String time(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        return String.format(
                "%d:%02d:%02d.%03d", time.toHours(), time.toMinutesPart(), time.toSecondsPart(), time.toMillisPart());
    }

    List<String> lines() {
        return lines;
    }

    int hash() {
        return hash;
    }
}
