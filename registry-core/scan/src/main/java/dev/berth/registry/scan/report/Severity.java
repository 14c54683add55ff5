package dev.berth.registry.scan.report;

/**
 * How bad a finding is, from the least to the worst; the order is that of the constants.
 *
 * @since 0.1
 */
public enum Severity {
    /** Nobody has said. */
    UNKNOWN,
    /** No risk that is worth a change. */
    NEGLIGIBLE,
    /** CVSS 0.1 to 3.9. */
    LOW,
    /** CVSS 4.0 to 6.9. */
    MEDIUM,
    /** CVSS 7.0 to 8.9. */
    HIGH,
    /** CVSS 9.0 to 10.0. */
    CRITICAL;

    /** Returns whether it is as bad as another one, or worse. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
