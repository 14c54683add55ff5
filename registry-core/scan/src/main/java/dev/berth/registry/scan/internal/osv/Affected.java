package dev.berth.registry.scan.internal.osv;

import dev.berth.registry.scan.version.VersionOrder;
import java.util.List;
import java.util.Optional;

/**
 * Which versions of a package an advisory is about. Immutable.
 *
 * @param ecosystem with its release, as the advisory has it
 * @param name the package, as the advisory has it
 * @param rating how bad it is for this package; {@link Rating#NONE} if the advisory does not say
 * @param ranges the ranges
 * @param versions single versions
 */
public record Affected(String ecosystem, String name, Rating rating, List<VersionRange> ranges, List<String> versions) {
    /** So that a hostile advisory costs no more than a large one. */
    private static final long MOST_COMPARISONS = 1_000_000;

    /** Copies the lists. */
    public Affected {
        ranges = List.copyOf(ranges);
        versions = List.copyOf(versions);
    }

    /** Returns the same with ranges whose events are sorted, and without the versions that are in the ranges anyway. */
    public Affected simplified(VersionOrder order) {
        List<VersionRange> sorted =
                ranges.stream().map(range -> range.sorted(order)).toList();
        long events = sorted.stream().mapToLong(range -> range.events().size()).sum();
        if (events * versions.size() > MOST_COMPARISONS) {
            return new Affected(ecosystem, name, rating, sorted, versions);
        }
        List<String> others = versions.stream()
                .filter(version -> sorted.stream().noneMatch(range -> range.contains(order, version)))
                .toList();
        return new Affected(ecosystem, name, rating, sorted, others);
    }

    /** Returns whether it is about a version. It must be simplified. */
    public boolean isAbout(VersionOrder order, String version) {
        return versions.contains(version) || ranges.stream().anyMatch(range -> range.contains(order, version));
    }

    /**
     * Returns the version that one has to go to: the lowest above this one in each range that has it, and the highest of
     * those. It must be simplified.
     */
    public Optional<String> fixedAfter(VersionOrder order, String version) {
        List<VersionRange> having =
                ranges.stream().filter(range -> range.contains(order, version)).toList();
        // That of a single version says nothing itself; the ranges beside it may.
        List<VersionRange> asked = having.isEmpty() ? ranges : having;
        return asked.stream()
                .flatMap(range -> range.fixedAfter(order, version).stream())
                .max(order);
    }
}
