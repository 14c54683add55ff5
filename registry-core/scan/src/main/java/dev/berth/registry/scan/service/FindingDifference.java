package dev.berth.registry.scan.service;

import dev.berth.registry.scan.report.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known against one image and not against another one. Immutable. A finding is the same in both if package and one
 * of its names are, whatever the versions.
 *
 * @param added what only the newer one has, the worst first
 * @param gone what only the older one has, the worst first
 * @param kept what both have, as it is in the newer one, the worst first
 * @since 0.1
 */
public record FindingDifference(List<Finding> added, List<Finding> gone, List<Finding> kept) {

    /** Copies the lists. */
    public FindingDifference {
        added = List.copyOf(added);
        gone = List.copyOf(gone);
        kept = List.copyOf(kept);
    }

    /** Compares the findings of two images. */
    public static FindingDifference of(List<Finding> older, List<Finding> newer) {
        Set<List<String>> before = names(older);
        Set<List<String>> after = names(newer);
        List<Finding> added = new ArrayList<>();
        List<Finding> kept = new ArrayList<>();
        for (Finding finding : newer) {
            (has(before, finding) ? kept : added).add(finding);
        }
        List<Finding> gone =
                older.stream().filter(finding -> !has(after, finding)).toList();
        return new FindingDifference(
                added.stream().sorted().toList(),
                gone.stream().sorted().toList(),
                kept.stream().sorted().toList());
    }

    private static Set<List<String>> names(List<Finding> findings) {
        Set<List<String>> names = new HashSet<>();
        for (Finding finding : findings) {
            names.add(List.of(finding.packageName(), finding.id()));
            finding.aliases().forEach(alias -> names.add(List.of(finding.packageName(), alias)));
        }
        return names;
    }

    private static boolean has(Set<List<String>> names, Finding finding) {
        return names.contains(List.of(finding.packageName(), finding.id()))
                || finding.aliases().stream()
                        .anyMatch(alias -> names.contains(List.of(finding.packageName(), alias)));
    }
}
