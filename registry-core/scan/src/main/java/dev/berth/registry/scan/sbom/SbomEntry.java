package dev.berth.registry.scan.sbom;

import dev.berth.registry.Descriptor;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An SBOM beside an image, as lists show it. Immutable.
 *
 * @param place where it is
 * @param manifest the manifest that has it
 * @param document the document
 * @param madeHere whether it says that this project has made it, which anybody can write
 * @param packages how many packages it names; empty if it was not looked into, or cannot be read
 * @param problem why it cannot be read: a clause for people; empty if it can, or was not looked into
 * @since 0.1
 */
public record SbomEntry(
        AttachedSbom.Place place,
        Descriptor manifest,
        Descriptor document,
        boolean madeHere,
        OptionalInt packages,
        String problem) {

    /** Checks that the parts are there. */
    public SbomEntry {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(packages, "packages");
        Objects.requireNonNull(problem, "problem");
    }

    /** Returns what form it has, in words: {@code SPDX}, {@code CycloneDX}, or its media type. */
    public String format() {
        String said = document.mediaType()
                + document.annotations().getOrDefault(SbomTypes.PREDICATE_ANNOTATION, "")
                + manifest.artifactType().orElse("");
        String lower = said.toLowerCase(Locale.ROOT);
        return lower.contains("spdx") ? "SPDX" : lower.contains("cyclonedx") ? "CycloneDX" : document.mediaType();
    }
}
