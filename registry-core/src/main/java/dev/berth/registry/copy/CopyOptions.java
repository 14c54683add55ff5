package dev.berth.registry.copy;

import dev.berth.registry.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What of an image is copied. Immutable.
 *
 * @since 0.1
 */
public final class CopyOptions {
    private final List<Platform> platforms;
    private final boolean referrers;
    private final CopyListener listener;

    private CopyOptions(Builder builder) {
        this.platforms = List.copyOf(builder.platforms);
        this.referrers = builder.referrers;
        this.listener = builder.listener;
    }

    /** Returns the defaults: all platforms, without referrers. */
    public static CopyOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    List<Platform> platforms() {
        return platforms;
    }

    boolean referrers() {
        return referrers;
    }

    CopyListener listener() {
        return listener;
    }

    /** Puts options together. Not thread-safe. */
    public static final class Builder {
        private final List<Platform> platforms = new ArrayList<>();
        private boolean referrers;
        private CopyListener listener = CopyListener.NONE;

        private Builder() {}

        /**
         * Adds a platform to copy; without any, all are copied. With exactly one the result is that platform's image,
         * with several an index of just these.
         *
         * <p>A platform matches by operating system and architecture, and by variant and version of the operating system
         * if they are given. {@code arm64} and {@code arm64/v8} are the same, and so are {@code arm} and {@code arm/v7};
         * of several images that match, the first one is taken, as the image specification has it.
         *
         * <p>An index within an index counts by what it lists: an index that is made of some platforms lists images only.
         * Of images that no index tells the platform of, the configuration is read, if the platform is not found without.
         */
        public Builder platform(Platform platform) {
            platforms.add(Objects.requireNonNull(platform, "platform"));
            return this;
        }

        /**
         * Sets whether what refers to the image is copied with it (signatures, SBOMs, and what refers to those);
         * {@code false} by default.
         */
        public Builder referrers(boolean copy) {
            this.referrers = copy;
            return this;
        }

        /** Sets who is told of the progress; nobody by default. */
        public Builder listener(CopyListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "listener");
            return this;
        }

        /** Returns the options. */
        public CopyOptions build() {
            return new CopyOptions(this);
        }
    }
}
