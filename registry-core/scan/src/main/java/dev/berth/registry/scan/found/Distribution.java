package dev.berth.registry.scan.found;

import java.util.Objects;

/**
 * The distribution that an image is made of, as its os-release says. Immutable.
 *
 * @param id the lower-case name: {@code debian}
 * @param version the version: {@code 13}; empty for one that has none
 * @param name the name for people: {@code Debian GNU/Linux 13 (trixie)}
 * @since 0.1
 */
public record Distribution(String id, String version, String name) {

    /** Checks that the parts are there. */
    public Distribution {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(name, "name");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("A distribution needs an id");
        }
    }

    /** Returns the version up to its first dot. */
    String major() {
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }

    /** Returns the first two numbers of the version. */
    String minor() {
        int first = version.indexOf('.');
        int second = first < 0 ? -1 : version.indexOf('.', first + 1);
        return second < 0 ? version : version.substring(0, second);
    }
}
