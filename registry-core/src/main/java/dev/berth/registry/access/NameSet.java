package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of names of repositories: the names that match one of some {@linkplain NamePattern patterns}. Immutable.
 *
 * <p>The names are a union of intervals in the order of the catalogue. So the members among many repositories are found
 * without looking at the others, see {@link Authorized}.
 *
 * @since 0.1
 */
public final class NameSet {
    private static final NameSet NONE = new NameSet(List.of());
    private static final NameSet ALL = new NameSet(List.of(NamePattern.all()));

    /** Sorted by the start of the patterns. No pattern includes another one. */
    private final List<NamePattern> patterns;

    /** The texts of the patterns, so that nothing is parsed to look one up. */
    private final Set<String> lookup;

    private final NavigableSet<String> starts = new TreeSet<>();

    private NameSet(List<NamePattern> patterns) {
        this.patterns = patterns;
        this.lookup = texts(patterns);
        patterns.forEach(pattern -> starts.add(pattern.start()));
    }

    /** Returns the set without names. */
    public static NameSet none() {
        return NONE;
    }

    /** Returns the set of all names. */
    public static NameSet all() {
        return ALL;
    }

    /** Returns the set of the names that match one of these patterns. */
    public static NameSet of(Collection<NamePattern> patterns) {
        Set<String> given = texts(patterns);
        if (given.contains(NamePattern.all().toString())) {
            return ALL;
        }
        List<NamePattern> needed = patterns.stream()
                .distinct()
                .filter(pattern -> !isCovered(pattern, given))
                .sorted()
                .toList();
        return needed.isEmpty() ? NONE : new NameSet(needed);
    }

    /** Returns whether one of the others includes the pattern. Looks up ancestors, rather than compare each with each. */
    private static boolean isCovered(NamePattern pattern, Set<String> others) {
        String name = pattern.name().value();
        if (pattern.form() == NamePattern.Form.CHILDREN && others.contains(NamePattern.Form.DESCENDANTS.of(name))) {
            return true;
        }
        boolean direct = pattern.form() == NamePattern.Form.EXACT;
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            String ancestor = name.substring(0, slash);
            if (others.contains(NamePattern.Form.DESCENDANTS.of(ancestor))
                    || direct && others.contains(NamePattern.Form.CHILDREN.of(ancestor))) {
                return true;
            }
            direct = false;
        }
        return false;
    }

    private static Set<String> texts(Collection<NamePattern> patterns) {
        return patterns.stream().map(NamePattern::toString).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether the name is in the set. Costs the depth of the name, whatever the size of the set. */
    public boolean contains(RepositoryName name) {
        Objects.requireNonNull(name, "name");
        return isAll() || lookup.contains(name.value()) || isCovered(NamePattern.exactly(name), lookup);
    }

    /** Returns whether the set has all names. */
    public boolean isAll() {
        return lookup.contains(NamePattern.all().toString());
    }

    /** Returns whether the set has no names. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Returns the patterns, in the order of the catalogue, without any that another one includes. */
    public List<NamePattern> patterns() {
        return patterns;
    }

    /** Returns the names that are in one of the sets. */
    public NameSet or(NameSet other) {
        List<NamePattern> both = new ArrayList<>(patterns);
        both.addAll(other.patterns);
        return of(both);
    }

    /** Returns the names that are in both sets. */
    public NameSet and(NameSet other) {
        if (isAll()) {
            return other;
        }
        if (other.isAll()) {
            return this;
        }
        List<NamePattern> common = new ArrayList<>();
        for (NamePattern one : patterns) {
            for (NamePattern another : other.patterns) {
                one.and(another).ifPresent(common::add);
            }
        }
        return of(common);
    }

    /** Returns the lowest start of a pattern that is greater than this text. */
    Optional<String> startAfter(String text) {
        return Optional.ofNullable(starts.higher(text));
    }

    /**
     * Returns the name after which the next member may come without being the {@linkplain #startAfter start} of a pattern:
     * empty if the text is not within the names that a wildcard stands for.
     */
    Optional<String> resumeAfter(String text) {
        String child = text;
        for (int slash = text.lastIndexOf('/'); slash > 0; slash = text.lastIndexOf('/', slash - 1)) {
            String ancestor = text.substring(0, slash);
            if (lookup.contains(NamePattern.Form.DESCENDANTS.of(ancestor))) {
                return Optional.of(text);
            }
            if (lookup.contains(NamePattern.Form.CHILDREN.of(ancestor))) {
                // What is below a child of the ancestor is skipped.
                return child.equals(text) ? Optional.of(text) : LastName.below(child);
            }
            child = ancestor;
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NameSet that && patterns.equals(that.patterns);
    }

    @Override
    public int hashCode() {
        return patterns.hashCode();
    }

    /** Returns the patterns. */
    @Override
    public String toString() {
        return patterns.toString();
    }
}
