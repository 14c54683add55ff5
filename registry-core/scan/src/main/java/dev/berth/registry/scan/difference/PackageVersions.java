package dev.berth.registry.scan.difference;

import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.version.VersionOrder;

/** The order of the versions of a package, by its kind. */
final class PackageVersions {
    private PackageVersions() {}

    /** Compares the versions of two packages of the same type. */
    static int compare(FoundPackage first, FoundPackage second) {
        return VersionOrder.of(ecosystem(first.type()))
                .map(order -> order.compare(first.version(), second.version()))
                .orElse(0);
    }

    /** Returns an ecosystem that has the order: all distributions with the same kind of packages have the same. */
    private static String ecosystem(PackageType type) {
        return switch (type) {
            case DEB -> "Debian";
            case APK -> "Alpine";
            case RPM -> "Red Hat";
            case MAVEN -> "Maven";
            case GOLANG -> "Go";
            case CARGO -> "crates.io";
            case NPM -> "npm";
            case PYPI -> "PyPI";
        };
    }
}
