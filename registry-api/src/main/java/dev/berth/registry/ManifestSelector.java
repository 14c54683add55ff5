package dev.berth.registry;

/**
 * What selects one manifest of a repository: a {@link Tag} or a {@link Digest} (the specification's
 * {@code <tag-or-digest>}). Prints as it is written in a path.
 *
 * @since 0.1
 */
public sealed interface ManifestSelector permits Tag, Digest {

    /**
     * Parses a digest where the text has a colon, otherwise a tag.
     *
     * @throws IllegalArgumentException if it is neither; the message says what a valid one looks like
     */
    static ManifestSelector parse(String text) {
        return text.indexOf(':') >= 0 ? Digest.parse(text) : Tag.parse(text);
    }
}
