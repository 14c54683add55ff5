package dev.berth.registry.scan.service;

import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import java.util.Objects;
import java.util.Optional;

/**
 * Which package somebody looks for. Immutable.
 *
 * @param name its name, in small or capital letters
 * @param version its version; empty for any
 * @param type what kind it is; empty for any
 * @since 0.1
 */
public record PackageQuestion(String name, Optional<String> version, Optional<PackageType> type) {

    /** Checks that the parts are there. */
    public PackageQuestion {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(type, "type");
    }

    boolean fits(FoundPackage found) {
        return PackageNames.normalize(found.name()).equals(PackageNames.normalize(name))
                && version.map(found.version()::equals).orElse(true)
                && type.map(found.type()::equals).orElse(true);
    }
}
