package dev.berth.registry;

/**
 * Selects a manifest of a repository: a {@link Tag} or a {@link Digest} (the specification's {@code <tag-or-digest>}).
 * Its text form is that of a path.
 *
 * @since 0.1
 */
public sealed interface ManifestSelector permits Tag, Digest {

    /**
     * Parses a digest if the text has a colon, otherwise a tag.
     *
     * @throws IllegalArgumentException if it is neither; the message says what is allowed
     */
    static ManifestSelector parse(String text) {
        return text.indexOf(':') >= 0 ? Digest.parse(text) : Tag.parse(text);
    }
}
