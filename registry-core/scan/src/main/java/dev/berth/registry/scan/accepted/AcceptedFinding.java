package dev.berth.registry.scan.accepted;

import dev.berth.registry.scan.report.Finding;
import java.util.Objects;

/**
 * A finding that does not count, and why. Immutable.
 *
 * @param finding what was found
 * @param acceptance the entry that says that it does not count
 * @since 0.1
 */
public record AcceptedFinding(Finding finding, Acceptance acceptance) {

    /** Checks that the parts are there. */
    public AcceptedFinding {
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(acceptance, "acceptance");
    }
}
