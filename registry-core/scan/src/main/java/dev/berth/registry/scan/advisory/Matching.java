package dev.berth.registry.scan.advisory;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.internal.index.IndexFile;
import dev.berth.registry.scan.internal.osv.Rating;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.version.VersionOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares an inventory with an index. For one inventory. */
final class Matching {
    private static final int MOST_FINDINGS = 100_000;
    private static final int MOST_LINKS = 10;

    private final IndexFile index;
    private final AdvisoryFacts facts;
    private final Optional<Distribution> distribution;
    private final IdentityHashMap<ImagePackage, List<Hit>> hits = new IdentityHashMap<>();
    private final Map<Asked, Map<String, List<ImagePackage>>> asked = new LinkedHashMap<>();
    private final Map<String, Integer> notCompared = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    /** What the index is asked for, once for all packages that are made of the same source. */
    private record Asked(String ecosystem, String release, String name) {}

    private Matching(IndexFile index, AdvisoryFacts facts, Optional<Distribution> distribution) {
        this.index = index;
        this.facts = facts;
        this.distribution = distribution;
    }

    /**
     * What was found.
     *
     * @param findings in any order
     * @param gaps why something may not have been found
     */
    record Result(List<Finding> findings, List<String> gaps) {}

    static Result of(IndexFile index, AdvisoryFacts facts, ImageInventory inventory) throws IOException {
        Matching matching = new Matching(index, facts, inventory.distribution());
        inventory.packages().forEach(matching::add);
        matching.ask();
        matching.report(inventory.packages());
        matching.notCompared.forEach((why, count) -> matching.gaps.add(
                (count == 1 ? "1 package was" : count + " packages were") + " not compared with advisories: " + why));
        return new Result(matching.findings, matching.gaps);
    }

    private void add(ImagePackage one) {
        Optional<String> ecosystem =
                one.ecosystem().filter(name -> VersionOrder.of(name).isPresent());
        if (ecosystem.isEmpty()) {
            notCompared.merge(unknown(one), 1, Integer::sum);
            return;
        }
        String release = Releases.of(ecosystem.get(), distribution);
        int colon = ecosystem.get().indexOf(':');
        String base = colon < 0 ? ecosystem.get() : ecosystem.get().substring(0, colon);
        if (!facts.releases().contains(release) && !facts.releases().contains(base)) {
            notCompared.merge("the index has none of " + JsonObject.printable(release), 1, Integer::sum);
        }
        for (Lookup lookup : Lookup.of(base, one.found())) {
            asked.computeIfAbsent(new Asked(base, release, lookup.name()), key -> new LinkedHashMap<>())
                    .computeIfAbsent(lookup.version(), version -> new ArrayList<>())
                    .add(one);
        }
    }

    private String unknown(ImagePackage one) {
        return distribution
                .map(system -> "databases in the OSV schema do not know the packages of "
                        + JsonObject.printable(system.name().isEmpty() ? system.id() : system.name()))
                .orElseGet(() -> "the image does not say which distribution its packages of type "
                        + one.found().type().id() + " are of");
    }

    private void ask() throws IOException {
        for (Map.Entry<Asked, Map<String, List<ImagePackage>>> one : asked.entrySet()) {
            Asked key = one.getKey();
            Map<String, List<Hit>> found = PackageAdvisories.of(
                    index,
                    key.ecosystem(),
                    key.release(),
                    key.name(),
                    one.getValue().keySet());
            one.getValue()
                    .forEach((version, packages) ->
                            packages.forEach(each -> hits.computeIfAbsent(each, unused -> new ArrayList<>())
                                    .addAll(found.getOrDefault(version, List.of()))));
        }
    }

    private void report(List<ImagePackage> packages) {
        for (ImagePackage one : packages) {
            List<Hit> own = hits.getOrDefault(one, List.of());
            if (own.isEmpty()) {
                continue;
            }
            VersionOrder order = one.ecosystem().flatMap(VersionOrder::of).orElseThrow();
            for (Vulnerability vulnerability : Vulnerability.of(own)) {
                if (findings.size() >= MOST_FINDINGS) {
                    gaps.add("There are more than " + MOST_FINDINGS + " findings; the rest is not reported");
                    return;
                }
                findings.add(finding(one, vulnerability, order));
            }
        }
    }

    private static Finding finding(ImagePackage one, Vulnerability vulnerability, VersionOrder order) {
        List<String> names = vulnerability.names();
        Rating rating = vulnerability.hits().stream()
                .map(Hit::rating)
                .max(Rating::compareTo)
                .orElse(Rating.NONE);
        Set<String> links = new LinkedHashSet<>();
        vulnerability.hits().forEach(hit -> links.addAll(hit.details().links()));
        return new Finding(
                names.get(0),
                names.subList(1, names.size()),
                one.found().name(),
                one.found().version(),
                Optional.of(one.packageUrl()),
                Optional.of(one.found().path()).filter(path -> !path.isEmpty()),
                one.layer(),
                // What all advisories about it demand.
                vulnerability.hits().stream()
                        .flatMap(hit -> hit.fixed().stream())
                        .max(order),
                rating.severity(),
                rating.vector(),
                vulnerability.hits().stream()
                        .map(hit -> hit.details().summary())
                        .filter(summary -> !summary.isEmpty())
                        .findFirst()
                        .orElse(""),
                links.stream().limit(MOST_LINKS).toList());
    }
}
