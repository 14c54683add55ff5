package dev.berth.registry.testing;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the manifest that a tag or digest names.
 *
 * @since 0.1
 */
public final class ImageAssert extends AbstractAssert<ImageAssert, Descriptor> {
    private final String image;

    ImageAssert(Descriptor manifest, String image) {
        super(manifest, ImageAssert.class);
        this.image = image;
    }

    /** Verifies the digest. */
    public ImageAssert withDigest(Digest digest) {
        if (!actual.digest().equals(digest)) {
            failWithMessage("Expected %s to have the digest %s, but it has %s", image, digest, actual.digest());
        }
        return this;
    }

    /**
     * Verifies the digest.
     *
     * @throws IllegalArgumentException if the text is not a digest
     */
    public ImageAssert withDigest(String digest) {
        return withDigest(Digest.parse(digest));
    }

    /** Verifies the media type. */
    public ImageAssert withMediaType(String mediaType) {
        if (!actual.mediaType().equals(mediaType)) {
            failWithMessage(
                    "Expected %s to have the media type %s, but it has %s", image, mediaType, actual.mediaType());
        }
        return this;
    }
}
