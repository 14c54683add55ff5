package dev.berth.registry.console.page;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.Objects;
import java.util.Optional;

/**
 * The image that a page is about.
 *
 * @param repository where it is, as the visitor may see it
 * @param tag the tag that was asked for; empty if it was a digest
 * @param manifest its manifest
 * @param document what that says; empty if it cannot be read
 */
public record ShownImage(
        Repository repository, Optional<Tag> tag, Manifest manifest, Optional<ManifestDocument> document) {

    /** Checks that the parts are there. */
    public ShownImage {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(document, "document");
    }
}
