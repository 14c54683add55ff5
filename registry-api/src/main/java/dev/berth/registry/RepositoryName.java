package dev.berth.registry;

import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The name of a repository, without the host of a registry: {@code team/app} (the specification's {@code <name>}).
 *
 * <p>A name has one or more components, separated by slashes. A component consists of lower-case letters and digits,
 * which {@code .}, {@code _}, {@code __} or dashes may separate. A name has at most {@value #MAX_LENGTH} characters.
 *
 * @param value the name
 * @since 0.1
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {

    /** The maximum number of characters. */
    public static final int MAX_LENGTH = 255;

    // Possessive quantifiers prevent catastrophic backtracking. They reject no valid name, as the grammar is
    // unambiguous.
    private static final String COMPONENT = "[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+";
    private static final Pattern GRAMMAR = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");

    /** Checks the grammar and the length. */
    public RepositoryName {
        Objects.requireNonNull(value, "value");
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("The repository name '" + Quoted.shorten(value) + "' is "
                    + value.length() + " characters long; at most " + MAX_LENGTH + " are allowed");
        }
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + Quoted.shorten(value)
                    + "' is not a repository name: use lower-case"
                    + " letters and digits, separated by '.', '_', '__', '-' or '/'"
                    + (value.chars().anyMatch(Character::isUpperCase) ? "; upper-case letters are not allowed" : ""));
        }
    }

    /**
     * Parses a name.
     *
     * @throws IllegalArgumentException if the text is not a valid name; the message says what is allowed
     */
    public static RepositoryName parse(String text) {
        return new RepositoryName(text);
    }

    /**
     * Returns the name that consists of these parts, joined by slashes. A part is one component or several:
     * {@code of("team", "app")} and {@code of("team/web", "app")}.
     *
     * @throws IllegalArgumentException if a part is empty or the name is not valid; the message says what is allowed
     */
    public static RepositoryName of(String first, String... more) {
        StringJoiner joined = new StringJoiner("/").add(Objects.requireNonNull(first, "first"));
        for (String part : more) {
            joined.add(Objects.requireNonNull(part, "part"));
        }
        return new RepositoryName(joined.toString());
    }

    /** Compares in lexical order by ASCII value, which is the order of listings. */
    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
