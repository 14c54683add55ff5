package dev.berth.registry.scan.gate;

import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import dev.berth.registry.manifest.SignatureTags;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What images must be like to be handed out from some repositories. Immutable.
 *
 * <pre>{@code
 * GateRule.named("production")
 *         .repositories("production/**")
 *         .signedBy(SignedBy.anyOf(release))
 *         .findings(FindingLimit.above(Severity.MEDIUM).withFixOnly())
 *         .unscanned(Answer.hold(Duration.ofMinutes(10), Answer.deny()))
 *         .pending(Answer.hold(Duration.ofMinutes(10), Answer.deny()))
 *         .beforeTagging()
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class GateRule {
    private static final int LONGEST_NAME = 100;

    private final String name;
    private final List<NamePattern> repositories;
    private final List<TagPattern> tags;
    private final List<TagPattern> except;
    private final List<SignedBy> signers;
    private final Optional<FindingLimit> limit;
    private final Map<Verdict.State, Answer> answers;
    private final Answer incomplete;
    private final List<Platform> platforms;
    private final boolean beforeTagging;
    private final boolean exceptUntagged;
    private final boolean allowedOnFailure;
    private final boolean dryRun;

    private GateRule(Builder builder) {
        this.name = builder.name;
        this.repositories = builder.repositories;
        this.tags = builder.tags;
        this.except = builder.except;
        this.signers = List.copyOf(builder.signers);
        this.limit = builder.limit;
        this.answers = new EnumMap<>(builder.answers);
        this.incomplete = builder.incomplete;
        this.platforms = builder.platforms;
        this.beforeTagging = builder.beforeTagging;
        this.exceptUntagged = builder.exceptUntagged;
        this.allowedOnFailure = builder.allowedOnFailure;
        this.dryRun = builder.dryRun;
    }

    /**
     * Begins a rule, which so far is for everything, and demands nothing.
     *
     * @param name the name that refusals tell, 1 to 100 characters in one line
     * @throws IllegalArgumentException if it is no such name
     */
    public static Builder named(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "The name of a rule is 1 to " + LONGEST_NAME + " characters on one line");
        }
        return new Builder(name);
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns whether it only tells what it would refuse. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** Returns whether it is for images of a repository. */
    public boolean concerns(RepositoryName repository) {
        return repositories.isEmpty() || repositories.stream().anyMatch(pattern -> pattern.matches(repository));
    }

    /**
     * Returns whether it is for what a tag names. Tags such as {@code sha256-<hex>.sig} are no names of images, so that it is
     * for an image at one of these, whatever its patterns.
     */
    public boolean concerns(Tag tag) {
        if (!isForSomeTags() || isAttached(tag)) {
            return true;
        }
        return (tags.isEmpty() || tags.stream().anyMatch(pattern -> pattern.matches(tag)))
                && except.stream().noneMatch(pattern -> pattern.matches(tag));
    }

    private static boolean isAttached(Tag tag) {
        return SignatureTags.subject(tag).isPresent() || SignatureTags.isListOfReferrers(tag);
    }

    boolean isForSomeTags() {
        return !tags.isEmpty() || !except.isEmpty();
    }

    /** Returns whether it is not for what no tag names. */
    boolean isExceptUntagged() {
        return exceptUntagged;
    }

    List<SignedBy> signers() {
        return signers;
    }

    Optional<FindingLimit> limit() {
        return limit;
    }

    Answer answer(Verdict.State state) {
        return answers.getOrDefault(state, Answer.deny());
    }

    Answer incomplete() {
        return incomplete;
    }

    /** Returns whether the image of an index for a platform counts. */
    boolean counts(Optional<Platform> platform) {
        return platforms.isEmpty()
                || platform.isEmpty()
                || platforms.stream().anyMatch(wanted -> platform.get().matches(wanted));
    }

    boolean isBeforeTagging() {
        return beforeTagging;
    }

    boolean isAllowedOnFailure() {
        return allowedOnFailure;
    }

    /** Returns what it demands, in words. */
    String demands() {
        List<String> demands = new ArrayList<>();
        signers.forEach(signer -> demands.add(signer.toString()));
        limit.ifPresent(demand -> demands.add(demand.toString()));
        return demands.isEmpty() ? "nothing" : String.join(", ", demands);
    }

    /** Returns it in words. */
    @Override
    public String toString() {
        return name + ": " + demands() + " in "
                + (repositories.isEmpty() ? "all repositories" : repositories.toString())
                + (tags.isEmpty() ? "" : ", tags " + tags)
                + (except.isEmpty() ? "" : ", but not " + except)
                + (exceptUntagged ? ", but not what has no tag" : "")
                + (dryRun ? " (dry run)" : "");
    }

    /**
     * Collects what a rule demands. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String name;
        private final List<SignedBy> signers = new ArrayList<>();
        private final Map<Verdict.State, Answer> answers = new EnumMap<>(Verdict.State.class);
        private List<NamePattern> repositories = List.of();
        private List<TagPattern> tags = List.of();
        private List<TagPattern> except = List.of();
        private Optional<FindingLimit> limit = Optional.empty();
        private Answer incomplete = Answer.allow();
        private List<Platform> platforms = List.of();
        private boolean beforeTagging;
        private boolean exceptUntagged;
        private boolean allowedOnFailure;
        private boolean dryRun;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the repositories for which it is; all by default.
         *
         * @throws IllegalArgumentException if one is no {@link NamePattern}
         */
        public Builder repositories(String... patterns) {
            this.repositories = Stream.of(patterns).map(NamePattern::parse).toList();
            return this;
        }

        /**
         * Sets the tags for which it is; all by default. What is asked for by its digest is judged unless it has tags, or is a
         * part of an index that has, and the rule is for none of them: see {@link GateOptions.Builder#facts}.
         *
         * @throws IllegalArgumentException if one is no {@link TagPattern}
         */
        public Builder tags(String... patterns) {
            this.tags = Stream.of(patterns).map(TagPattern::new).toList();
            return this;
        }

        /**
         * Sets the tags for which it is not; none by default.
         *
         * @throws IllegalArgumentException if one is no {@link TagPattern}
         */
        public Builder except(String... patterns) {
            this.except = Stream.of(patterns).map(TagPattern::new).toList();
            return this;
        }

        /** Demands a signature. Every demand must be met, each by any of those whom it names. */
        public Builder signedBy(SignedBy signer) {
            signers.add(Objects.requireNonNull(signer, "signer"));
            return this;
        }

        /** Demands that no more is known against an image. */
        public Builder findings(FindingLimit newLimit) {
            this.limit = Optional.of(newLimit);
            return this;
        }

        /** As {@link #findings} with {@link FindingLimit#above}. */
        public Builder noFindingAbove(Severity severity) {
            return findings(FindingLimit.above(severity));
        }

        /** Sets the answer for images that nobody has scanned. {@link Answer#deny()} by default. */
        public Builder unscanned(Answer answer) {
            return answer(Verdict.State.UNSCANNED, answer);
        }

        /** Sets the answer for images whose first scan is not done. {@link Answer#deny()} by default. */
        public Builder pending(Answer answer) {
            return answer(Verdict.State.PENDING, answer);
        }

        /** Sets the answer for what no scanner can look into. {@link Answer#deny()} by default. */
        public Builder unscannable(Answer answer) {
            return answer(Verdict.State.UNSCANNABLE, answer);
        }

        /** Sets the answer for images whose first scan has failed. {@link Answer#deny()} by default. */
        public Builder failed(Answer answer) {
            return answer(Verdict.State.FAILED, answer);
        }

        private Builder answer(Verdict.State state, Answer answer) {
            answers.put(state, Objects.requireNonNull(answer, "answer"));
            return this;
        }

        /**
         * Sets the answer for images of which a scan could not read everything, and found nothing that denies them in the
         * rest. {@link Answer#allow()} by default.
         */
        public Builder incomplete(Answer answer) {
            this.incomplete = Objects.requireNonNull(answer, "answer");
            return this;
        }

        /**
         * Sets for which platforms the findings of an index count, such as {@code linux/amd64}; all by default. An image for
         * another one is judged when it is asked for itself.
         */
        public Builder platforms(Platform... wanted) {
            this.platforms = List.of(wanted);
            return this;
        }

        /**
         * Refuses to set a tag to an image that is not signed as demanded, as well. An image can be pushed by its digest, then
         * be signed, and then be given the tag.
         */
        public Builder beforeTagging() {
            this.beforeTagging = true;
            return this;
        }

        /**
         * Leaves out what is asked for by its digest, and no tag names, nor an index of which it is a part: programs such as
         * cosign read an image before they sign it. So whoever knows the digest of such an image gets it, signed or not. It
         * needs {@link GateOptions.Builder#facts}, and does nothing without them.
         */
        public Builder exceptUntagged() {
            this.exceptUntagged = true;
            return this;
        }

        /**
         * Hands images out that cannot be judged, since the place where signatures or verdicts are kept fails. By default they
         * are refused with {@link dev.berth.registry.ErrorCode#UNAVAILABLE}.
         */
        public Builder allowOnFailure() {
            this.allowedOnFailure = true;
            return this;
        }

        /** Only tells what it would refuse, and refuses nothing. */
        public Builder dryRun() {
            this.dryRun = true;
            return this;
        }

        /**
         * Builds it.
         *
         * @throws IllegalArgumentException if it refuses tags of images that are not signed, and demands no signature
         */
        public GateRule build() {
            if (beforeTagging && signers.isEmpty()) {
                throw new IllegalArgumentException("The rule '" + name
                        + "' refuses tags of images that are not signed, but does not say by whom they must be");
            }
            return new GateRule(this);
        }
    }
}
