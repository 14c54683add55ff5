package dev.berth.registry.copy;

import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Which tags of a repository are synchronized, and how. Immutable.
 *
 * @since 0.1
 */
public final class SyncOptions {
    private final List<TagPattern> include;
    private final List<TagPattern> exclude;
    private final boolean delete;
    private final CopyOptions copy;
    private final Consumer<SyncStep> onStep;

    private SyncOptions(Builder builder) {
        this.include = List.copyOf(builder.include);
        this.exclude = List.copyOf(builder.exclude);
        this.delete = builder.delete;
        this.copy = builder.copy;
        this.onStep = builder.onStep;
    }

    /** Returns the defaults: all tags, deleting none. */
    public static SyncOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    boolean selects(Tag tag) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(tag)))
                && exclude.stream().noneMatch(pattern -> pattern.matches(tag));
    }

    boolean delete() {
        return delete;
    }

    CopyOptions copy() {
        return copy;
    }

    Consumer<SyncStep> onStep() {
        return onStep;
    }

    /** Builds options. Not thread-safe. */
    public static final class Builder {
        private final List<TagPattern> include = new ArrayList<>();
        private final List<TagPattern> exclude = new ArrayList<>();
        private boolean delete;
        private CopyOptions copy = CopyOptions.defaults();
        private Consumer<SyncStep> onStep = step -> {};

        private Builder() {}

        /**
         * Adds a pattern of tags to synchronise, such as {@code 1.*}; without any, all are.
         *
         * @throws IllegalArgumentException if it is no {@link TagPattern}
         */
        public Builder include(String glob) {
            include.add(new TagPattern(glob));
            return this;
        }

        /**
         * Adds a pattern of tags that are left alone, also if they are included.
         *
         * @throws IllegalArgumentException if it is no {@link TagPattern}
         */
        public Builder exclude(String glob) {
            exclude.add(new TagPattern(glob));
            return this;
        }

        /**
         * Sets whether tags that match, and that the source does not have, are deleted at the target; {@code false} by
         * default. Only tags are deleted, never manifests, and never the tags in which registries without a listing of
         * referrers keep one ({@code sha256-…}).
         */
        public Builder delete(boolean missing) {
            this.delete = missing;
            return this;
        }

        /**
         * Sets what of each image is copied; {@link CopyOptions#defaults} by default.
         *
         * @throws IllegalArgumentException if layers are to be compressed: whether the target has them would be known only
         *     after that
         */
        public Builder copy(CopyOptions options) {
            if (options.compression() != LayerCompression.KEEP) {
                throw new IllegalArgumentException("Layers cannot be compressed when repositories are synchronized");
            }
            this.copy = options;
            return this;
        }

        /** Sets who is told of each step before it is begun, in the calling thread; nobody by default. */
        public Builder onStep(Consumer<SyncStep> listener) {
            this.onStep = Objects.requireNonNull(listener, "onStep");
            return this;
        }

        /** Returns the options. */
        public SyncOptions build() {
            return new SyncOptions(this);
        }
    }
}
