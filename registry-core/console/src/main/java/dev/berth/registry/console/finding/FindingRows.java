package dev.berth.registry.console.finding;

import dev.berth.registry.Platform;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.service.ImageVerdict;
import dev.berth.registry.scan.service.PlatformVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known against an image with all its platforms: what several platforms have in the same package is one row.
 *
 * @param open what counts, the worst first
 * @param accepted what does not
 */
record FindingRows(List<Row> open, List<Row> accepted) {

    /**
     * A finding.
     *
     * @param platforms the platforms that have it
     * @param acceptance why it does not count; empty if it does
     */
    record Row(Finding finding, List<String> platforms, Optional<Acceptance> acceptance) {}

    private record Key(String id, String packageName, String version, Optional<Acceptance> acceptance) {}

    static FindingRows of(ImageVerdict image) {
        Map<Key, Row> open = new LinkedHashMap<>();
        Map<Key, Row> accepted = new LinkedHashMap<>();
        for (PlatformVerdict platform : image.platforms()) {
            String name = platform.platform().map(Platform::toString).orElse("");
            platform.open().forEach(finding -> add(open, finding, Optional.empty(), name));
            platform.accepted().forEach(one -> add(accepted, one.finding(), Optional.of(one.acceptance()), name));
        }
        return new FindingRows(sorted(open), sorted(accepted));
    }

    private static void add(Map<Key, Row> rows, Finding finding, Optional<Acceptance> acceptance, String platform) {
        Row row = rows.computeIfAbsent(
                new Key(finding.id(), finding.packageName(), finding.version(), acceptance),
                key -> new Row(finding, new ArrayList<>(), acceptance));
        if (!row.platforms().contains(platform)) {
            row.platforms().add(platform);
        }
    }

    private static List<Row> sorted(Map<Key, Row> rows) {
        return rows.values().stream().sorted(Comparator.comparing(Row::finding)).toList();
    }
}
