package dev.berth.registry.mirror;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.copy.TagPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link PullThrough}. Immutable.
 *
 * @since 0.1
 */
public final class MirrorOptions {
    private final Builder settings;

    private MirrorOptions(Builder builder) {
        this.settings = new Builder(builder);
    }

    /** Returns the options with their defaults, which {@link Builder} states. */
    public static MirrorOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Tags that are fresh for a time. */
    private record Freshness(NamePattern repositories, TagPattern tags, Duration time) {
        boolean matches(RepositoryName repository, Tag tag) {
            return repositories.matches(repository) && tags.matches(tag);
        }
    }

    /** How a download waits before it goes on. For tests. */
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    String name() {
        return settings.name;
    }

    Optional<RepositoryName> prefix() {
        return Optional.ofNullable(settings.prefix);
    }

    /** Returns the name that a repository has upstream; empty if it is not one of this mirror. */
    Optional<RepositoryName> upstreamName(RepositoryName here) {
        RepositoryName prefix = settings.prefix;
        boolean ours = settings.repositories.stream().anyMatch(pattern -> pattern.matches(here));
        if (!ours || prefix == null) {
            return ours ? Optional.of(here) : Optional.empty();
        }
        return here.value().startsWith(prefix + "/")
                ? Optional.of(RepositoryName.parse(
                        here.value().substring(prefix.value().length() + 1)))
                : Optional.empty();
    }

    boolean allows(RepositoryName upstream) {
        return settings.allowed.isEmpty() || settings.allowed.stream().anyMatch(pattern -> pattern.matches(upstream));
    }

    Duration freshness(RepositoryName upstream, Tag tag) {
        return settings.freshness.stream()
                .filter(rule -> rule.matches(upstream, tag))
                .findFirst()
                .map(Freshness::time)
                .orElse(settings.defaultFreshness);
    }

    /** Returns for how long something of a repository is fresh that is not of one tag. */
    Duration freshness(RepositoryName upstream) {
        return settings.freshness.stream()
                .filter(rule -> rule.tags().equals(Builder.ANY_TAG)
                        && rule.repositories().matches(upstream))
                .findFirst()
                .map(Freshness::time)
                .orElse(settings.defaultFreshness);
    }

    Duration checkDeadline() {
        return settings.checkDeadline;
    }

    Duration fetchDeadline() {
        return settings.fetchDeadline;
    }

    Duration stallTimeout() {
        return settings.stallTimeout;
    }

    Duration pauseAfterFailure() {
        return settings.pauseAfterFailure;
    }

    Duration missingFor() {
        return settings.missingFor;
    }

    boolean keepsWhatIsGone() {
        return settings.keepWhatIsGone;
    }

    boolean bringsReferrers() {
        return settings.bringReferrers;
    }

    int resumes() {
        return settings.resumes;
    }

    long budget() {
        return settings.budget;
    }

    Optional<Duration> unusedFor() {
        return Optional.ofNullable(settings.unusedFor);
    }

    Optional<Path> spoolDirectory() {
        return Optional.ofNullable(settings.spoolDirectory);
    }

    Supplier<Optional<RateLimit>> rateLimit() {
        return settings.rateLimit;
    }

    MirrorListener listener() {
        return MirrorListener.allOf(settings.listeners);
    }

    InstantSource clock() {
        return settings.clock;
    }

    Optional<Executor> executor() {
        return Optional.ofNullable(settings.executor);
    }

    Pause pause() {
        return settings.pause;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final TagPattern ANY_TAG = new TagPattern("*");

        private String name = "default";
        private @Nullable RepositoryName prefix;
        private List<NamePattern> repositories = List.of(NamePattern.all());
        private List<NamePattern> allowed = List.of();
        private final List<Freshness> freshness = new ArrayList<>();
        private Duration defaultFreshness = Duration.ofMinutes(1);
        private Duration checkDeadline = Duration.ofSeconds(5);
        private Duration fetchDeadline = Duration.ofMinutes(1);
        private Duration stallTimeout = Duration.ofMinutes(1);
        private Duration pauseAfterFailure = Duration.ofSeconds(10);
        private Duration missingFor = Duration.ofSeconds(30);
        private boolean keepWhatIsGone;
        private boolean bringReferrers = true;
        private int resumes = 5;
        private long budget = Long.MAX_VALUE;
        private @Nullable Duration unusedFor;
        private @Nullable Path spoolDirectory;
        private Supplier<Optional<RateLimit>> rateLimit = Optional::empty;
        private final List<MirrorListener> listeners = new ArrayList<>();
        private InstantSource clock = InstantSource.system();
        private @Nullable Executor executor;
        private Pause pause = duration -> Thread.sleep(duration.toMillis());

        private Builder() {}

        private Builder(Builder other) {
            this.name = other.name;
            this.prefix = other.prefix;
            this.repositories = List.copyOf(other.repositories);
            this.allowed = List.copyOf(other.allowed);
            this.freshness.addAll(other.freshness);
            this.defaultFreshness = other.defaultFreshness;
            this.checkDeadline = other.checkDeadline;
            this.fetchDeadline = other.fetchDeadline;
            this.stallTimeout = other.stallTimeout;
            this.pauseAfterFailure = other.pauseAfterFailure;
            this.missingFor = other.missingFor;
            this.keepWhatIsGone = other.keepWhatIsGone;
            this.bringReferrers = other.bringReferrers;
            this.resumes = other.resumes;
            this.budget = other.budget;
            this.unusedFor = other.unusedFor;
            this.spoolDirectory = other.spoolDirectory;
            this.rateLimit = other.rateLimit;
            this.listeners.addAll(other.listeners);
            this.clock = other.clock;
            this.executor = other.executor;
            this.pause = other.pause;
        }

        /**
         * Sets the name of the mirror, under which its records are kept; {@code default} by default. Mirrors over the same
         * store have different names; the nodes that serve one mirror have the same.
         *
         * @throws IllegalArgumentException if it is not 1 to 64 lower-case letters, digits, dots and dashes
         */
        public Builder name(String newName) {
            if (!newName.matches("[a-z0-9][a-z0-9.-]{0,63}")) {
                throw new IllegalArgumentException(
                        "'" + newName + "' is not a name of a mirror: use lower-case letters,"
                                + " digits, dots and dashes, at most 64");
            }
            this.name = newName;
            return this;
        }

        /**
         * Mirrors below a name: {@code prefix/library/app} here is {@code library/app} upstream. All else is left to the
         * local registry. By default names are the same here and upstream.
         */
        public Builder prefix(RepositoryName newPrefix) {
            this.prefix = Objects.requireNonNull(newPrefix, "newPrefix");
            return this;
        }

        /**
         * Sets which repositories belong to the mirror, by their names here; all by default, or all below the prefix. The
         * others are those of the local registry, with pushes to them. A repository must not become one of the mirror
         * while it holds what was pushed, nor the other way round while it holds what the mirror has brought.
         */
        public Builder repositories(List<NamePattern> patterns) {
            this.repositories = List.copyOf(patterns);
            return this;
        }

        /**
         * Sets which of these repositories may be mirrored, by their names upstream; all by default, and with an empty
         * list. Access to another one is {@link dev.berth.registry.ErrorCode#DENIED}, and the upstream registry does not
         * hear of it.
         */
        public Builder allow(List<NamePattern> patterns) {
            this.allowed = List.copyOf(patterns);
            return this;
        }

        /**
         * Sets for how long tags are served without asking, counted from when the upstream registry was asked last; one
         * minute by default. Zero asks each time. Lists of referrers are fresh for as long.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder fresh(Duration time) {
            this.defaultFreshness = notNegative(time);
            return this;
        }

        /**
         * Sets for how long the tags of some repositories are served without asking. Of all such settings the first that
         * matches counts.
         *
         * @param upstream the repositories, by their names upstream
         * @throws IllegalArgumentException if it is negative
         */
        public Builder fresh(NamePattern upstream, Duration time) {
            return fresh(upstream, ANY_TAG, time);
        }

        /** As {@link #fresh(NamePattern, Duration)}, for some tags: those of releases may be fresh for weeks. */
        public Builder fresh(NamePattern upstream, TagPattern tags, Duration time) {
            freshness.add(new Freshness(
                    Objects.requireNonNull(upstream, "upstream"),
                    Objects.requireNonNull(tags, "tags"),
                    notNegative(time)));
            return this;
        }

        /**
         * Sets how long a client waits for the answer whether its tag is current, before it is served what is here; five
         * seconds by default.
         *
         * @throws IllegalArgumentException if it is shorter than a millisecond
         */
        public Builder checkDeadline(Duration time) {
            this.checkDeadline = positive(time);
            return this;
        }

        /**
         * Sets how long a client waits for the upstream registry to send a manifest that is not here, or the head of a
         * blob; a minute by default.
         *
         * @throws IllegalArgumentException if it is shorter than a millisecond
         */
        public Builder fetchDeadline(Duration time) {
            this.fetchDeadline = positive(time);
            return this;
        }

        /**
         * Sets after which time without a byte a download counts as broken; a minute by default.
         *
         * @throws IllegalArgumentException if it is shorter than a millisecond
         */
        public Builder stallTimeout(Duration time) {
            this.stallTimeout = positive(time);
            return this;
        }

        /**
         * Sets for how long tags that are here are served without asking after the upstream registry has failed or has not
         * answered in time; ten seconds by default. What is not here is asked for all the same.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder pauseAfterFailure(Duration time) {
            this.pauseAfterFailure = notNegative(time);
            return this;
        }

        /**
         * Sets for how long the mirror remembers what the upstream registry does not have; 30 seconds by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder missingFor(Duration time) {
            this.missingFor = notNegative(time);
            return this;
        }

        /**
         * Sets whether a tag that the upstream registry does not have any more is still served, as a stale one.
         * {@code false} by default: then it is removed here too. Manifests stay until they are evicted.
         */
        public Builder keepWhatIsGone(boolean keep) {
            this.keepWhatIsGone = keep;
            return this;
        }

        /**
         * Sets whether an image is followed by what refers to it, so that it can be verified when the upstream registry is
         * gone: its referrers, the fallback tag that lists them, and cosign's tags. {@code true} by default.
         */
        public Builder bringReferrers(boolean bring) {
            this.bringReferrers = bring;
            return this;
        }

        /**
         * Sets how often a broken download goes on without having received a megabyte in between; 5 times by default.
         *
         * @throws IllegalArgumentException if it is negative or more than 100
         */
        public Builder resumes(int count) {
            if (count < 0 || count > 100) {
                throw new IllegalArgumentException("A download can go on 0 to 100 times, not " + count);
            }
            this.resumes = count;
            return this;
        }

        /**
         * Sets how many bytes the mirror may hold; unlimited by default. Images that were not used for longest are
         * evicted before more than that is kept. Their bytes are freed by the next collection.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder budget(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("The budget of a mirror must be positive: " + bytes);
            }
            this.budget = bytes;
            return this;
        }

        /**
         * Evicts images that nobody has used for a time, by {@link PullThrough#maintain}; by default none. If a crash has kept
         * a use from being recorded, the time begins with the next start.
         *
         * @throws IllegalArgumentException if it is shorter than a millisecond
         */
        public Builder evictUnused(Duration after) {
            this.unusedFor = positive(after);
            return this;
        }

        /** Sets where blobs are kept while they arrive; the directory for temporary files by default. */
        public Builder spoolDirectory(Path directory) {
            this.spoolDirectory = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /**
         * Sets how the mirror learns how many requests the upstream registry still takes: {@code remote::rateLimit} of a
         * {@link dev.berth.registry.client.RemoteRegistry}. When less than a quarter of them is left, the checks of tags
         * that are here are spread over the time for which the limit holds. By default there is no limit.
         */
        public Builder rateLimit(Supplier<Optional<RateLimit>> limit) {
            this.rateLimit = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /** Adds a listener. */
        public Builder listener(MirrorListener listener) {
            this.listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Sets the clock; that of the system by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Sets what runs downloads and calls of the upstream registry: each takes a thread for as long as it lasts, and
         * clients wait for some, so there must be many. By default the mirror has threads of its own, which end when they
         * are idle or with {@link PullThrough#close}.
         */
        public Builder executor(Executor newExecutor) {
            this.executor = Objects.requireNonNull(newExecutor, "newExecutor");
            return this;
        }

        /** Sets how a download waits before it goes on. For tests. */
        Builder pause(Pause newPause) {
            this.pause = newPause;
            return this;
        }

        private static Duration notNegative(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("A time cannot be negative: " + time);
            }
            return time;
        }

        private static Duration positive(Duration time) {
            if (time.toMillis() < 1) {
                throw new IllegalArgumentException("A deadline must be a millisecond at least, not " + time);
            }
            return time;
        }

        /** Returns the options. */
        public MirrorOptions build() {
            return new MirrorOptions(this);
        }
    }
}
