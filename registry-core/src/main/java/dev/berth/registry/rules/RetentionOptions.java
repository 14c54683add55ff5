package dev.berth.registry.rules;

import java.time.Duration;

/**
 * Options of {@link Retention}. Immutable.
 *
 * @since 0.1
 */
public final class RetentionOptions {
    private static final RetentionOptions DEFAULTS = builder().build();

    private final int tagsPerPlan;
    private final Duration untaggedGrace;

    private RetentionOptions(Builder builder) {
        this.tagsPerPlan = builder.tagsPerPlan;
        this.untaggedGrace = builder.untaggedGrace;
    }

    /** Returns the defaults. */
    public static RetentionOptions defaults() {
        return DEFAULTS;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    int tagsPerPlan() {
        return tagsPerPlan;
    }

    /** Returns how many manifests a plan looks at: an image, its platforms and its signatures for each tag. */
    int manifestsPerPlan() {
        return (int) Math.min(1_000_000L, 10_000L + 10L * tagsPerPlan);
    }

    Duration untaggedGrace() {
        return untaggedGrace;
    }

    /**
     * A builder of options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private int tagsPerPlan = 10_000;
        private Duration untaggedGrace = Duration.ofHours(1);

        private Builder() {}

        /**
         * Sets how many tags and untagged manifests one plan deletes, which bounds its memory: some kilobytes for each. If
         * there are more, another plan follows when it has been executed. Default: 10,000.
         *
         * @throws IllegalArgumentException if it is less than 1 or more than 1,000,000
         */
        public Builder tagsPerPlan(int count) {
            if (count < 1 || count > 1_000_000) {
                throw new IllegalArgumentException("A plan deletes 1 to 1,000,000 tags, not " + count);
            }
            this.tagsPerPlan = count;
            return this;
        }

        /**
         * Sets for how long after its push no manifest without a tag is deleted, whatever the rules say: clients push the
         * parts of an index, and images that they tag later, without one. Default: 1 hour.
         *
         * @throws IllegalArgumentException if it is negative or longer than 36,500 days
         */
        public Builder untaggedGrace(Duration grace) {
            this.untaggedGrace = Ages.check(grace);
            return this;
        }

        /** Returns the options. */
        public RetentionOptions build() {
            return new RetentionOptions(this);
        }
    }
}
