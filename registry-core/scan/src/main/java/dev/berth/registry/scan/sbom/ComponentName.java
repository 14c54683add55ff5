package dev.berth.registry.scan.sbom;

import dev.berth.registry.scan.found.FoundPackage;

/** How names are divided into group and name, as others do it. */
final class ComponentName {
    private ComponentName() {}

    /** Returns where the name of a package is divided; a number that is not positive if it is not. */
    static int split(FoundPackage found) {
        return switch (found.type()) {
            case MAVEN -> found.name().indexOf(':');
            case NPM -> found.name().startsWith("@") ? found.name().indexOf('/') : -1;
            default -> -1;
        };
    }
}
