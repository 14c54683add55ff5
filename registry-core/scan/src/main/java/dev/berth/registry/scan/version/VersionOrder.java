package dev.berth.registry.scan.version;

import java.util.Comparator;
import java.util.Optional;

/**
 * The order in which an ecosystem has the versions of a package. It is total, takes any text, and never throws: versions
 * come from images and advisories, which strangers write.
 *
 * <p>Two versions may be equal without being the same text, as {@code 1.0} and {@code 1.0.0} in most ecosystems. Text that
 * is no version in an ecosystem that says what one is, is lower than every version. So is text of more than {@value
 * #LONGEST} characters in all of them.
 *
 * <pre>{@code
 * VersionOrder debian = VersionOrder.of("Debian:13").orElseThrow();
 * debian.compare("1.0~rc1", "1.0"); // negative
 * }</pre>
 *
 * <p>Implementations are immutable and thread-safe.
 *
 * @since 0.1
 */
public interface VersionOrder extends Comparator<String> {
    /** How many characters a version may have. */
    int LONGEST = 1000;

    /**
     * Returns the order of an ecosystem.
     *
     * @param ecosystem its name in the OSV schema, with or without a release: {@code npm}, {@code Debian:13}. Case counts
     * @return the order; empty if the ecosystem is not known
     */
    static Optional<VersionOrder> of(String ecosystem) {
        return Ecosystems.order(ecosystem);
    }

    /** Returns a negative number if the first version is lower, 0 if both are equal, a positive number otherwise. */
    @Override
    int compare(String first, String second);
}
