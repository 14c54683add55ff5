package dev.berth.registry.scan.gate;

import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.Severity;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The demand that nothing bad is known against an image. Immutable.
 *
 * @param above a finding denies if it is worse; empty if any finding does
 * @param fixedOnly whether only findings count for which there is a version without them
 * @param knownFor a finding counts once it has been known for so long; zero for at once
 * @param newerThan a report counts while it is not older; empty for however old
 * @since 0.1
 */
public record FindingLimit(
        Optional<Severity> above, boolean fixedOnly, Duration knownFor, Optional<Duration> newerThan) {

    /** Checks that the times are not negative. */
    public FindingLimit {
        Objects.requireNonNull(above, "above");
        Objects.requireNonNull(newerThan, "newerThan");
        if (knownFor.isNegative()
                || newerThan.filter(age -> age.isNegative() || age.isZero()).isPresent()) {
            throw new IllegalArgumentException("The times of a limit for findings must be positive");
        }
    }

    /** Returns the limit that denies what is worse than a severity, whether there is a fix or not. */
    public static FindingLimit above(Severity severity) {
        return new FindingLimit(Optional.of(severity), false, Duration.ZERO, Optional.empty());
    }

    /** Returns the limit that denies every finding, also one of which nobody has said how bad it is. */
    public static FindingLimit none() {
        return new FindingLimit(Optional.empty(), false, Duration.ZERO, Optional.empty());
    }

    /** Returns this limit for findings for which there is a fix, only. */
    public FindingLimit withFixOnly() {
        return new FindingLimit(above, true, knownFor, newerThan);
    }

    /**
     * Returns this limit for findings that have been known for a time, so that there was time to act. Since when they are,
     * {@link GateOptions.Builder#knownSince} says; one of which that is not known counts at once.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public FindingLimit knownFor(Duration time) {
        return new FindingLimit(above, fixedOnly, time, newerThan);
    }

    /**
     * Returns this limit, by which an image whose last scan is older than a time is judged as one that was never scanned,
     * unless what is known of it denies it already.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public FindingLimit notOlderThan(Duration age) {
        return new FindingLimit(above, fixedOnly, knownFor, Optional.of(age));
    }

    /** Returns whether a finding counts, whatever its age. */
    boolean counts(Finding finding) {
        return above.map(limit -> finding.severity().compareTo(limit) > 0).orElse(true)
                && (!fixedOnly || finding.hasFix());
    }

    /** Returns it in words. */
    @Override
    public String toString() {
        return "no finding" + above.map(severity -> " above " + severity).orElse("")
                + (fixedOnly ? " that has a fix" : "")
                + (knownFor.isZero() ? "" : " that is known for " + knownFor);
    }
}
