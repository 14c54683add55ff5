package dev.berth.registry.scan.gate;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.util.List;

/**
 * Tells which findings of a report are not accepted, by a list of those that are. Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface OpenFindings {

    /**
     * Returns the findings that count, in the order of the report.
     *
     * @param repository the repository of the image
     * @param report all that was found in it
     */
    List<Finding> of(RepositoryName repository, ScanReport report);
}
