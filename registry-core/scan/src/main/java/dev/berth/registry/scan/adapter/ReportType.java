package dev.berth.registry.scan.adapter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reports that are read, the better one first. */
enum ReportType {
    SECURITY("application/vnd.security.vulnerability.report; version=1.1"),
    HARBOR("application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0");

    private final String mediaType;

    ReportType(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** Returns the best of those that a scanner makes. */
    static Optional<ReportType> best(List<String> produced) {
        for (ReportType type : values()) {
            if (produced.stream().anyMatch(name -> normal(name).equals(normal(type.mediaType)))) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Spaces and case say nothing in it. */
    private static String normal(String mediaType) {
        return mediaType.replace(" ", "").replace("\"", "").toLowerCase(Locale.ROOT);
    }
}
