package dev.berth.registry;

import java.util.Objects;

/**
 * A tag: a human-readable name of a manifest in a repository, which may be moved to another manifest.
 *
 * <p>A tag starts with a letter, digit or underscore, followed by letters, digits, {@code _}, {@code .} and {@code -}.
 * It has at most {@value #MAX_LENGTH} characters.
 *
 * @param value the tag
 * @since 0.1
 */
public record Tag(String value) implements ManifestSelector, Comparable<Tag> {

    /** The maximum number of characters. */
    public static final int MAX_LENGTH = 128;

    /** The default tag. */
    public static final Tag LATEST = new Tag("latest");

    /** Checks the grammar and the length. */
    public Tag {
        Objects.requireNonNull(value, "value");
        if (!isTag(value)) {
            throw new IllegalArgumentException("'" + Quoted.shorten(value) + "' is not a tag: use at most " + MAX_LENGTH
                    + " letters, digits, '_', '.' and '-', and begin with a letter, a digit or '_'");
        }
    }

    /**
     * Parses a tag.
     *
     * @throws IllegalArgumentException if the text is not a valid tag; the message says what is allowed
     */
    public static Tag parse(String text) {
        return new Tag(text);
    }

    private static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
            if (!word && (i == 0 || c != '.' && c != '-')) {
                return false;
            }
        }
        return true;
    }

    /** Compares in lexical order by ASCII value, which is the order of listings. */
    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
