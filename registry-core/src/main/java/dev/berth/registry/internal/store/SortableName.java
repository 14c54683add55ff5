package dev.berth.registry.internal.store;

import dev.berth.registry.RepositoryName;
import java.util.Optional;

/**
 * The name of a repository as one segment of a key. The order of the segments is the order of the names. Each character
 * is encoded as one character, so that the longest name fits.
 *
 * <p>Only dash, dot and slash are changed: each becomes the next smaller one of {@code ! - .}, which object stores and
 * file systems accept without quoting.
 */
public final class SortableName {
    private SortableName() {}

    /** Returns the segment of a name. */
    public static String encode(RepositoryName name) {
        return map(name.value(), "-./", "!-.");
    }

    /** Returns the name of a segment, or empty if it is not one. */
    public static Optional<RepositoryName> decode(String segment) {
        try {
            return Optional.of(RepositoryName.parse(map(segment, "!-.", "-./")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String map(String text, String from, String to) {
        StringBuilder mapped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int at = from.indexOf(text.charAt(i));
            mapped.append(at < 0 ? text.charAt(i) : to.charAt(at));
        }
        return mapped.toString();
    }
}
