package dev.berth.registry.scan.advisory;

import dev.berth.registry.scan.internal.index.Details;
import dev.berth.registry.scan.internal.index.Entry;
import dev.berth.registry.scan.internal.index.IndexFile;
import dev.berth.registry.scan.internal.osv.Affected;
import dev.berth.registry.scan.internal.osv.Rating;
import dev.berth.registry.scan.version.VersionOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks an index for one package of one release, in some versions. For one thread. */
final class PackageAdvisories {
    private final IndexFile index;
    private final VersionOrder order;
    private final String release;
    private final Map<String, Map<String, Outcome>> outcomes = new LinkedHashMap<>();

    private PackageAdvisories(IndexFile index, VersionOrder order, String release) {
        this.index = index;
        this.order = order;
        this.release = release;
    }

    /** What an advisory says about a version, and how new that is. Without a hit it is not affected. */
    private record Outcome(Entry entry, @Nullable Hit hit) {

        /** Several copies of an advisory may be there. */
        boolean isReplacedBy(Outcome other) {
            int newer = compare(entry.modified(), other.entry.modified());
            return newer < 0 || newer == 0 && hit == null;
        }

        private static <T extends Comparable<T>> int compare(Optional<T> first, Optional<T> second) {
            if (first.isPresent() && second.isPresent()) {
                return first.get().compareTo(second.get());
            }
            return Boolean.compare(first.isPresent(), second.isPresent());
        }
    }

    /**
     * Returns the advisories about each of the versions.
     *
     * @param release by {@link Releases}
     */
    static Map<String, List<Hit>> of(
            IndexFile index, String ecosystem, String release, String name, Collection<String> versions)
            throws IOException {
        VersionOrder order = VersionOrder.of(ecosystem).orElseThrow();
        PackageAdvisories advisories = new PackageAdvisories(index, order, release);
        versions.forEach(version -> advisories.outcomes.put(version, new LinkedHashMap<>()));
        index.entries(ecosystem, name, advisories::add);
        Map<String, List<Hit>> hits = new HashMap<>();
        advisories.outcomes.forEach((version, all) -> {
            List<Hit> found = new ArrayList<>();
            all.values().stream().map(Outcome::hit).forEach(hit -> {
                if (hit != null) {
                    found.add(hit);
                }
            });
            hits.put(version, found);
        });
        return hits;
    }

    private void add(Entry entry) throws IOException {
        List<Affected> covering = covering(entry);
        @Nullable Details details = null;
        for (Map.Entry<String, Map<String, Outcome>> one : outcomes.entrySet()) {
            String version = one.getKey();
            List<Affected> about = entry.withdrawn()
                    ? List.of()
                    : covering.stream()
                            .filter(affected -> affected.isAbout(order, version))
                            .toList();
            @Nullable Hit hit = null;
            if (!about.isEmpty()) {
                details = details == null ? index.details(entry.details()) : details;
                hit = new Hit(details, rating(about, details), fixed(about, version));
            }
            Outcome outcome = new Outcome(entry, hit);
            one.getValue().merge(entry.id(), outcome, (old, other) -> old.isReplacedBy(other) ? other : old);
        }
    }

    /** What is said of those who pay counts only where nothing is said of all. */
    private List<Affected> covering(Entry entry) {
        List<Affected> covering = entry.affected().stream()
                .filter(affected -> Releases.covers(affected.ecosystem(), release))
                .toList();
        List<Affected> free = covering.stream()
                .filter(affected -> !Releases.isPaid(affected.ecosystem()))
                .toList();
        return free.isEmpty() ? covering : free;
    }

    private static Rating rating(List<Affected> about, Details details) {
        return about.stream()
                .map(Affected::rating)
                .max(Rating::compareTo)
                .filter(rating -> !rating.equals(Rating.NONE))
                .filter(rating ->
                        rating.vector().isPresent() || details.rating().vector().isEmpty())
                .orElse(details.rating());
    }

    private Optional<String> fixed(List<Affected> about, String version) {
        return about.stream()
                .flatMap(affected -> affected.fixedAfter(order, version).stream())
                .max(order);
    }
}
