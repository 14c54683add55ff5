package dev.berth.registry.mirror.replication;

import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is carried over from one registry, the source, to another one, the target. Immutable.
 *
 * <pre>{@code
 * ReplicationRule.builder("west").repositories(NamePattern.parse("team/**")).deletions(true).build()
 * }</pre>
 *
 * @since 0.1
 */
public final class ReplicationRule {
    private final String name;
    private final Direction direction;
    private final List<NamePattern> repositories;
    private final List<TagPattern> include;
    private final List<TagPattern> exclude;
    private final @Nullable RepositoryName stripped;
    private final @Nullable RepositoryName prefix;
    private final List<Platform> platforms;
    private final boolean referrers;
    private final boolean deletions;
    private final boolean moves;
    private final boolean overwrites;
    private final int mostDeleted;
    private final Conflicts conflicts;

    private ReplicationRule(Builder builder) {
        this.name = builder.name;
        this.direction = builder.direction;
        this.repositories = builder.repositories;
        this.include = builder.include;
        this.exclude = builder.exclude;
        this.stripped = builder.stripped;
        this.prefix = builder.prefix;
        this.platforms = builder.platforms;
        this.referrers = builder.referrers;
        this.deletions = builder.deletions;
        this.moves = builder.moves;
        this.overwrites = builder.overwrites;
        this.mostDeleted = builder.mostDeleted;
        this.conflicts = builder.conflicts;
    }

    /**
     * Which of the two registries is the source.
     *
     * @since 0.1
     */
    public enum Direction {
        /** The local registry is the source, the other one the target. */
        PUSH,
        /** The other registry is the source, the local one the target. */
        PULL
    }

    /**
     * What happens to a tag that was changed at both sides since they last agreed, or that they never agreed on.
     *
     * @since 0.1
     */
    public enum Conflicts {
        /** It stays as it is at both sides, and is reported until they agree. */
        REPORT,
        /** The target gets what the source has. What only the target had is lost to its tag. */
        SOURCE,
        /** The target keeps what it has, until the source changes again. */
        TARGET
    }

    /**
     * Begins a rule that pushes all repositories and tags, with referrers and moved tags, without deletions.
     *
     * @param name under which its state is kept and shown: 1 to 64 lower-case letters, digits, dots and dashes
     * @throws IllegalArgumentException if it is not such a name
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Returns the name of the rule. */
    public String name() {
        return name;
    }

    /** Returns which registry is the source. */
    public Direction direction() {
        return direction;
    }

    /** Returns which repositories are carried over, by their names at the source. */
    public List<NamePattern> repositories() {
        return repositories;
    }

    boolean keepsNames() {
        return Objects.equals(stripped, prefix);
    }

    List<Platform> platforms() {
        return platforms;
    }

    /** What of an image is carried over, as text: another one if the same image has another digest at the target. */
    String form() {
        return platforms.isEmpty()
                ? "all"
                : platforms.stream().map(Platform::toString).collect(Collectors.joining(","));
    }

    boolean referrers() {
        return referrers;
    }

    boolean deletions() {
        return deletions;
    }

    boolean moves() {
        return moves;
    }

    boolean overwrites() {
        return overwrites;
    }

    int mostDeleted() {
        return mostDeleted;
    }

    Conflicts conflicts() {
        return conflicts;
    }

    boolean selects(Tag tag) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(tag)))
                && exclude.stream().noneMatch(pattern -> pattern.matches(tag));
    }

    /** Returns the name that a repository of the source has at the target; empty if the rule is not about it. */
    Optional<RepositoryName> targetName(RepositoryName source) {
        if (repositories.stream().noneMatch(pattern -> pattern.matches(source))) {
            return Optional.empty();
        }
        String rest = source.value();
        if (stripped != null) {
            if (!rest.startsWith(stripped + "/")) {
                return Optional.empty();
            }
            rest = rest.substring(stripped.value().length() + 1);
        }
        String mapped = prefix == null ? rest : prefix + "/" + rest;
        try {
            return Optional.of(RepositoryName.parse(mapped));
        } catch (IllegalArgumentException e) {
            // With the prefix it is longer than a name may be.
            return Optional.empty();
        }
    }

    /** Returns the names of all repositories of the source that this is about, if no pattern has a wildcard. */
    Optional<List<RepositoryName>> exactNames() {
        if (repositories.stream().anyMatch(pattern -> pattern.toString().contains("*"))) {
            return Optional.empty();
        }
        return Optional.of(repositories.stream()
                .map(pattern -> RepositoryName.parse(pattern.toString()))
                .toList());
    }

    /** Prints the name and the direction. */
    @Override
    public String toString() {
        return "ReplicationRule[" + name + " " + direction + " " + repositories + "]";
    }

    /**
     * Builds a rule. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String name;
        private Direction direction = Direction.PUSH;
        private List<NamePattern> repositories = List.of(NamePattern.all());
        private List<TagPattern> include = List.of();
        private List<TagPattern> exclude = List.of();
        private @Nullable RepositoryName stripped;
        private @Nullable RepositoryName prefix;
        private List<Platform> platforms = List.of();
        private boolean referrers = true;
        private boolean deletions;
        private boolean moves = true;
        private boolean overwrites;
        private int mostDeleted = 50;
        private Conflicts conflicts = Conflicts.REPORT;

        private Builder(String name) {
            if (!name.matches("[a-z0-9][a-z0-9.-]{0,63}")) {
                throw new IllegalArgumentException("'" + name + "' is not a name of a replication rule: use lower-case"
                        + " letters, digits, dots and dashes, at most 64");
            }
            this.name = name;
        }

        /** Sets which registry is the source; {@link Direction#PUSH} by default. */
        public Builder direction(Direction newDirection) {
            this.direction = Objects.requireNonNull(newDirection, "newDirection");
            return this;
        }

        /**
         * Sets which repositories are carried over, by their names at the source; all by default. If none of the patterns
         * has a wildcard, the source need not have a catalogue.
         *
         * @throws IllegalArgumentException if there is no pattern
         */
        public Builder repositories(List<NamePattern> patterns) {
            if (patterns.isEmpty()) {
                throw new IllegalArgumentException("The replication rule " + name + " needs a pattern of repositories");
            }
            this.repositories = List.copyOf(patterns);
            return this;
        }

        /** As {@link #repositories(List)}. */
        public Builder repositories(NamePattern... patterns) {
            return repositories(List.of(patterns));
        }

        /**
         * Sets which tags are carried over; all by default, and with an empty list. Cosign's tags are not subject to
         * this, but to {@link #referrers}.
         */
        public Builder include(List<TagPattern> patterns) {
            this.include = List.copyOf(patterns);
            return this;
        }

        /** Sets which tags are left alone, also if they are included; none by default. */
        public Builder exclude(List<TagPattern> patterns) {
            this.exclude = List.copyOf(patterns);
            return this;
        }

        /**
         * Sets what is taken off the front of names: with {@code eu}, the repository {@code eu/team/app} of the source is
         * {@code team/app} at the target, and repositories that are not below {@code eu} are not carried over.
         */
        public Builder strip(RepositoryName newStripped) {
            this.stripped = Objects.requireNonNull(newStripped, "newStripped");
            return this;
        }

        /**
         * Sets what is put in front of names, after {@link #strip}: with {@code west}, the repository {@code team/app} of the
         * source is {@code west/team/app} at the target.
         */
        public Builder prefix(RepositoryName newPrefix) {
            this.prefix = Objects.requireNonNull(newPrefix, "newPrefix");
            return this;
        }

        /**
         * Sets for which platforms images are carried over, as with
         * {@link dev.berth.registry.copy.CopyOptions.Builder#platform}; all by default, and with an empty list. With
         * platforms, images have other digests at the target, and what refers to a whole index is not carried over. An
         * image that lacks a platform fails.
         */
        public Builder platforms(List<Platform> newPlatforms) {
            this.platforms = List.copyOf(newPlatforms);
            return this;
        }

        /**
         * Sets whether what refers to images is carried over with them, such as signatures and SBOMs, and cosign's tags;
         * {@code true} by default. Comparisons then read the manifests of each image at the source, and look each up
         * at the target.
         */
        public Builder referrers(boolean carry) {
            this.referrers = carry;
            return this;
        }

        /**
         * Sets whether a tag that is deleted at the source is deleted at the target; {@code false} by default. Only tags are
         * deleted there, never manifests, and only those that both sides have had.
         */
        public Builder deletions(boolean carry) {
            this.deletions = carry;
            return this;
        }

        /**
         * Sets how much a comparison may delete of what both sides have had, in percent of these tags; 50 by default. Where
         * more is gone, and more than 20 tags, none of it is deleted, and the status says so: rather has the source lost
         * its storage, or shows less to the account of the replication, than that all was deleted by somebody. 100 for
         * no limit.
         *
         * @throws IllegalArgumentException if it is not between 0 and 100
         */
        public Builder mostDeleted(int percent) {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("It must be a number of percent, not " + percent);
            }
            this.mostDeleted = percent;
            return this;
        }

        /**
         * Sets whether a tag that names another image at the source is moved at the target; {@code true} by default. With
         * {@code false}, tags of the target never change.
         */
        public Builder moves(boolean carry) {
            this.moves = carry;
            return this;
        }

        /**
         * Sets whether a tag that was changed or deleted at the target alone is set to what the source has; {@code false} by
         * default: it is reported. Only for a target that nobody else writes to: where another rule carries changes
         * of the target to the source, this undoes them.
         */
        public Builder overwrites(boolean overwrite) {
            this.overwrites = overwrite;
            return this;
        }

        /**
         * Sets what happens to conflicts; {@link Conflicts#REPORT} by default. Of two registries that replicate each
         * other, one may have {@link Conflicts#SOURCE} if the other has {@link Conflicts#TARGET}, with the same
         * meaning: the first one wins.
         */
        public Builder conflicts(Conflicts newConflicts) {
            this.conflicts = Objects.requireNonNull(newConflicts, "newConflicts");
            return this;
        }

        /** Returns the rule. */
        public ReplicationRule build() {
            return new ReplicationRule(this);
        }
    }
}
