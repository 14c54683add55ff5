package dev.berth.registry.scan.gate;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells since when a finding is known: when its advisory was published, or when a scan first had it. Implementations are
 * thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface KnownSince {

    /**
     * Returns the time since which a finding is known; empty if nobody can say.
     *
     * @param repository the repository of the image
     * @param report the report that has it
     */
    Optional<Instant> of(RepositoryName repository, ScanReport report, Finding finding);
}
