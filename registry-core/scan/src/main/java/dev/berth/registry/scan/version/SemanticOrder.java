package dev.berth.registry.scan.version;

import java.util.Comparator;

/** The order of Semantic Versioning 2.0.0, section 11, of npm and crates.io. */
final class SemanticOrder implements VersionOrder {
    private static final Comparator<String> ORDER = Validity.parsed(SemanticVersion::parse, SemanticVersion::compareTo);

    @Override
    public int compare(String first, String second) {
        return ORDER.compare(first, second);
    }

    @Override
    public String toString() {
        return "semver";
    }
}
