package dev.berth.registry.scan.advisory;

import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import java.util.List;
import java.util.Set;

/**
 * Under what name, and with which version, advisories may know a package.
 *
 * @param name the name
 * @param version the version that goes with it
 */
record Lookup(String name, String version) {
    /** Their advisories name every package that is built, those of others what it is built of. */
    private static final Set<String> BY_BINARY = Set.of("Red Hat", "AlmaLinux");

    /**
     * Returns all of a package.
     *
     * @param ecosystem without release
     */
    static List<Lookup> of(String ecosystem, FoundPackage found) {
        Lookup binary = new Lookup(found.name(), found.version());
        if (found.type() != PackageType.RPM) {
            return List.of(new Lookup(found.advisoryName(), found.advisoryVersion()));
        }
        Lookup source = new Lookup(found.advisoryName(), withEpoch(found.advisoryVersion(), found.version()));
        return BY_BINARY.contains(ecosystem) || source.equals(binary) ? List.of(binary) : List.of(binary, source);
    }

    /** The name of a source rpm is without the epoch, which it gives to what is built of it. */
    private static String withEpoch(String source, String binary) {
        int colon = binary.indexOf(':');
        return colon < 0 || source.indexOf(':') >= 0 ? source : binary.substring(0, colon + 1) + source;
    }
}
