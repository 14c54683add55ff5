package dev.berth.registry.copy;

import dev.berth.registry.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which parts of an image are copied. Immutable.
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

    /** Builds options. Not thread-safe. */
    public static final class Builder {
        private final List<Platform> platforms = new ArrayList<>();
        private boolean referrers;
        private CopyListener listener = CopyListener.NONE;

        private Builder() {}

        /**
         * Adds a platform to copy. Without platforms, all are copied. With one, the result is the image for that platform,
         * with several an index of their images.
         *
         * <p>The image is chosen as {@link dev.berth.registry.manifest.PlatformImages#find} does: an index within an index
         * is replaced by its entries, and a platform that no index names is read from the configuration of the image.
         */
        public Builder platform(Platform platform) {
            platforms.add(Objects.requireNonNull(platform, "platform"));
            return this;
        }

        /**
         * Sets whether the referrers of the image (such as signatures and SBOMs) and their referrers are copied with it.
         * {@code false} by default.
         */
        public Builder referrers(boolean copy) {
            this.referrers = copy;
            return this;
        }

        /** Sets the listener that receives the progress. By default there is none. */
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
