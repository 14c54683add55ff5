package dev.berth.registry.scan.inventory;

import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file of a layer says: packages, or a distribution. */
record Evidence(List<FoundPackage> packages, Optional<Distribution> distribution) {

    Evidence {
        packages = packages.stream().sorted().toList();
    }

    static Evidence of(List<FoundPackage> packages) {
        return new Evidence(packages, Optional.empty());
    }

    /** Returns what both say. */
    Evidence and(Evidence other) {
        return new Evidence(
                Stream.concat(packages.stream(), other.packages.stream())
                        .distinct()
                        .toList(),
                distribution);
    }

    /** Returns what the same file says at another path. */
    Evidence moved(String from, String to) {
        return new Evidence(
                packages.stream()
                        .map(found -> found.at(to + found.path().substring(from.length())))
                        .toList(),
                distribution);
    }
}
