package dev.berth.registry;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of pushing a manifest or setting a tag.
 *
 * @param descriptor the manifest that was pushed or tagged
 * @param tags the tags that were set
 * @param subject the manifest's subject, if the registry lists this manifest among its referrers
 * @since 0.1
 */
public record PutResult(Descriptor descriptor, List<Tag> tags, Optional<Digest> subject) {

    /** Copies the list. */
    public PutResult {
        Objects.requireNonNull(descriptor, "descriptor");
        tags = List.copyOf(tags);
        Objects.requireNonNull(subject, "subject");
    }
}
