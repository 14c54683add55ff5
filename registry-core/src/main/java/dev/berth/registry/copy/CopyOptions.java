package dev.berth.registry.copy;

import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which parts of an image are copied. Immutable.
 *
 * @since 0.1
 */
public final class CopyOptions {
    private final List<Platform> platforms;
    private final boolean referrers;
    private final boolean signatureTags;
    private final TagCondition condition;
    private final boolean warnOfSignatures;
    private final ManifestFormat format;
    private final LayerCompression compression;
    private final Predicate<Tag> copiedOtherwise;
    private final CopyListener listener;

    private CopyOptions(Builder builder) {
        this.platforms = List.copyOf(builder.platforms);
        this.referrers = builder.referrers;
        this.signatureTags = builder.signatureTags;
        this.condition = builder.condition;
        this.warnOfSignatures = builder.warnOfSignatures;
        this.format = builder.format;
        this.compression = builder.compression;
        this.copiedOtherwise = builder.copiedOtherwise;
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

    boolean signatureTags() {
        return signatureTags;
    }

    TagCondition condition() {
        return condition;
    }

    boolean warnOfSignatures() {
        return warnOfSignatures;
    }

    ManifestFormat format() {
        return format;
    }

    LayerCompression compression() {
        return compression;
    }

    /** Returns which tags are copied otherwise, so that it is no loss if this copy leaves them out. */
    Predicate<Tag> copiedOtherwise() {
        return copiedOtherwise;
    }

    /** Returns these options for a copy beside others. */
    CopyOptions beside(Predicate<Tag> tags) {
        Builder builder = toBuilder();
        builder.copiedOtherwise = tags;
        return builder.build();
    }

    /** Returns these options for something that has no platform. */
    CopyOptions withoutPlatforms() {
        Builder builder = toBuilder();
        builder.platforms.clear();
        return builder.build();
    }

    private Builder toBuilder() {
        Builder builder = new Builder();
        builder.platforms.addAll(platforms);
        builder.referrers = referrers;
        builder.signatureTags = signatureTags;
        builder.condition = condition;
        builder.warnOfSignatures = warnOfSignatures;
        builder.format = format;
        builder.compression = compression;
        builder.copiedOtherwise = copiedOtherwise;
        builder.listener = listener;
        return builder;
    }

    CopyListener listener() {
        return listener;
    }

    /** Builds options. Not thread-safe. */
    public static final class Builder {
        private final List<Platform> platforms = new ArrayList<>();
        private boolean referrers;
        private boolean signatureTags = true;
        private TagCondition condition = TagCondition.any();
        private boolean warnOfSignatures;
        private ManifestFormat format = ManifestFormat.KEEP;
        private LayerCompression compression = LayerCompression.KEEP;
        private Predicate<Tag> copiedOtherwise = tag -> false;
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
         * Sets whether the referrers of the image (such as signatures and SBOMs) and their referrers are copied with it, and
         * so what cosign keeps in {@linkplain dev.berth.registry.manifest.SignatureTags tags} of their digests. These
         * are set as they are at the source. {@code false} by default.
         *
         * <p>For each manifest that is copied the referrers are listed and three tags are looked up.
         */
        public Builder referrers(boolean copy) {
            this.referrers = copy;
            return this;
        }

        /**
         * Sets whether cosign's tags are copied with {@linkplain #referrers referrers}; {@code true} by default.
         * {@code false} for whoever copies them as other tags: they are then not set to what the source has, whatever the
         * target has.
         */
        public Builder signatureTags(boolean copy) {
            this.signatureTags = copy;
            return this;
        }

        /**
         * Sets the condition on which the tag of the target is set to the image, none by default. If it is not met, the copy
         * fails with {@link dev.berth.registry.ErrorCode#PRECONDITION_FAILED}, and the target has the image, but not
         * under the tag; with {@link dev.berth.registry.ErrorCode#UNSUPPORTED} if the target does not keep conditions. A
         * tag that names the image already meets every condition.
         */
        public Builder condition(TagCondition newCondition) {
            this.condition = Objects.requireNonNull(newCondition, "condition");
            return this;
        }

        /**
         * Sets whether the {@linkplain CopyListener#warning listener} is told of signatures that the copy leaves out, or that
         * do not apply to it since its digest is another one. {@code false} by default.
         *
         * <p>That costs four requests to the source, at the same time, after the copy. The copy does not fail if they
         * do.
         */
        public Builder warnOfSignatures(boolean warn) {
            this.warnOfSignatures = warn;
            return this;
        }

        /**
         * Sets the format of the manifests; {@link ManifestFormat#KEEP} by default. It is kept in any case if the target is
         * named by a digest.
         *
         * <p>Programs that read image layouts, such as skopeo, buildah and umoci, refuse Docker's format there: use
         * {@link ManifestFormat#OCI} for a copy to a layout. Referrers of
         * what is converted are not copied, since they would not refer to the copy; the listener is warned.
         */
        public Builder format(ManifestFormat newFormat) {
            this.format = Objects.requireNonNull(newFormat, "format");
            return this;
        }

        /**
         * Sets how layers are compressed; {@link LayerCompression#KEEP} by default, and in any case if the target is named by
         * a digest. A compressed layer is kept in a temporary file until the target has it. Referrers are treated as with
         * {@link #format}.
         */
        public Builder compression(LayerCompression newCompression) {
            this.compression = Objects.requireNonNull(newCompression, "compression");
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
