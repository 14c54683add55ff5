package dev.berth.registry.scan.accepted;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A report whose findings are divided by an allow-list. Immutable.
 *
 * @param report the whole report
 * @param repository the repository of the image
 * @param open the findings that count, in the order of the report
 * @param accepted the findings that do not, in the order of the report
 * @param expired the entries that are about findings of the report, but have expired
 * @since 0.1
 */
public record JudgedReport(
        ScanReport report,
        RepositoryName repository,
        List<Finding> open,
        List<AcceptedFinding> accepted,
        List<Acceptance> expired) {

    /** Copies the lists. */
    public JudgedReport {
        Objects.requireNonNull(report, "report");
        Objects.requireNonNull(repository, "repository");
        open = List.copyOf(open);
        accepted = List.copyOf(accepted);
        expired = List.copyOf(expired);
    }

    /** Returns how bad the worst finding that counts is; empty if none does. */
    public Optional<Severity> worst() {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(0).severity());
    }
}
