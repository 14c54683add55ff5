package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for the names of repositories, in one of four forms. Nothing else is a pattern, so that the names that a
 * pattern matches are always neighbours in the order of the catalogue. Immutable.
 *
 * <table>
 *   <caption>The forms of a pattern</caption>
 *   <tr><th>pattern</th><th>matches</th></tr>
 *   <tr><td>{@code team/app}</td><td>the repository {@code team/app}</td></tr>
 *   <tr><td>{@code team/*}</td><td>{@code team/app}, but not {@code team} and not {@code team/app/cache}</td></tr>
 *   <tr><td>{@code team/**}</td><td>{@code team/app} and {@code team/app/cache}, but not {@code team}</td></tr>
 *   <tr><td>{@code **}</td><td>every repository</td></tr>
 * </table>
 *
 * @since 0.1
 */
public final class NamePattern implements Comparable<NamePattern> {
    private static final NamePattern ALL = new NamePattern(Form.ALL, null);

    private final Form form;
    private final @Nullable RepositoryName name;

    private NamePattern(Form form, @Nullable RepositoryName name) {
        this.form = form;
        this.name = name;
    }

    /** The forms of a pattern: what stands after its name. */
    enum Form {
        EXACT(""),
        CHILDREN("/*"),
        DESCENDANTS("/**"),
        ALL("**");

        private final String suffix;

        Form(String suffix) {
            this.suffix = suffix;
        }

        /** Returns the text of the pattern of this form with this name. */
        String of(String name) {
            return name + suffix;
        }
    }

    /**
     * Parses a pattern.
     *
     * @throws IllegalArgumentException if the text is in none of the four forms; the message says what is allowed
     */
    public static NamePattern parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.equals(Form.ALL.suffix)) {
            return ALL;
        }
        Form form = text.endsWith(Form.DESCENDANTS.suffix)
                ? Form.DESCENDANTS
                : text.endsWith(Form.CHILDREN.suffix) ? Form.CHILDREN : Form.EXACT;
        String name = text.substring(0, text.length() - form.suffix.length());
        try {
            return new NamePattern(form, RepositoryName.parse(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "This is no pattern for repositories: " + e.getMessage()
                            + ". A pattern is a name such as team/app, or team/* for what is directly below team, team/**"
                            + " for everything below it, or ** for every repository; it does not begin with a slash",
                    e);
        }
    }

    /** Returns the pattern that matches every repository. */
    public static NamePattern all() {
        return ALL;
    }

    /** Returns the pattern that matches one repository. */
    public static NamePattern exactly(RepositoryName name) {
        return new NamePattern(Form.EXACT, Objects.requireNonNull(name, "name"));
    }

    /** Returns the pattern that matches everything below a name: {@code name/**}. */
    public static NamePattern below(RepositoryName name) {
        return new NamePattern(Form.DESCENDANTS, Objects.requireNonNull(name, "name"));
    }

    /** Returns whether the pattern matches this name. */
    public boolean matches(RepositoryName candidate) {
        return switch (form) {
            case ALL -> true;
            case EXACT -> candidate.equals(name);
            case DESCENDANTS -> candidate.value().startsWith(prefix());
            case CHILDREN -> {
                String prefix = prefix();
                yield candidate.value().startsWith(prefix) && candidate.value().indexOf('/', prefix.length()) < 0;
            }
        };
    }

    /** Returns whether the pattern matches everything that the other one matches. */
    public boolean includes(NamePattern other) {
        return switch (other.form) {
            case ALL -> form == Form.ALL;
            case EXACT -> matches(other.name());
            case CHILDREN -> form == Form.ALL || equals(other) || isAncestorOrSelfOf(other);
            case DESCENDANTS -> form == Form.ALL || isAncestorOrSelfOf(other);
        };
    }

    /** Returns the pattern that matches what both match, or empty if they have nothing in common. */
    public Optional<NamePattern> and(NamePattern other) {
        // Since wildcards stand at the end only, two patterns are nested or have nothing in common, but for the
        // children
        // and the descendants of names, which are nested as well.
        if (includes(other)) {
            return Optional.of(other);
        }
        return other.includes(this) ? Optional.of(this) : Optional.empty();
    }

    private boolean isAncestorOrSelfOf(NamePattern other) {
        return form == Form.DESCENDANTS && other.prefix().startsWith(prefix());
    }

    Form form() {
        return form;
    }

    /** Returns the name before the wildcard. Not for the pattern that matches everything. */
    RepositoryName name() {
        return Objects.requireNonNull(name, "name");
    }

    /** Returns what every matching name begins with. */
    private String prefix() {
        return form == Form.ALL ? "" : name() + "/";
    }

    /** Returns the lowest text that a matching name could be. */
    String start() {
        return form == Form.EXACT ? name().value() : prefix();
    }

    /** Compares by the position of the matching names in the catalogue; of two at the same position, by the text. */
    @Override
    public int compareTo(NamePattern other) {
        int byStart = start().compareTo(other.start());
        return byStart != 0 ? byStart : toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern that && form == that.form && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(form, name);
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return form.of(form == Form.ALL ? "" : name().value());
    }
}
