package dev.berth.registry.testing;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import org.assertj.core.api.AbstractAssert;

/** Assertions about the manifest to which a tag points. */
// Whoever uses this reads that module anyway; others need not have it.
@SuppressWarnings("exports")
public final class TaggedAssert extends AbstractAssert<TaggedAssert, Descriptor> {
    private final String tag;

    TaggedAssert(Descriptor manifest, String tag) {
        super(manifest, TaggedAssert.class);
        this.tag = tag;
    }

    /** Verifies the digest. */
    public TaggedAssert withDigest(Digest digest) {
        if (!actual.digest().equals(digest)) {
            failWithMessage("Expected %s to point to %s, but it points to %s", tag, digest, actual.digest());
        }
        return this;
    }

    /** Verifies the digest. */
    public TaggedAssert withDigest(String digest) {
        return withDigest(Digest.parse(digest));
    }

    /** Verifies the media type. */
    public TaggedAssert withMediaType(String mediaType) {
        if (!actual.mediaType().equals(mediaType)) {
            failWithMessage(
                    "Expected %s to be of the media type %s, but it is of %s", tag, mediaType, actual.mediaType());
        }
        return this;
    }
}
