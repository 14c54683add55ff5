package dev.berth.registry.scan.sbom;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The image that an SBOM is of. Immutable.
 *
 * @param repository the repository that has it
 * @param image the digest of its manifest
 * @param architecture the architecture that it is for, such as {@code amd64}; empty if it is not known
 * @param created when it was made; empty if it does not say. It is the time of the SBOM, which is always the same
 * @since 0.1
 */
public record SbomSubject(
        RepositoryName repository, Digest image, Optional<String> architecture, Optional<Instant> created) {

    /** Checks that the parts are there. */
    public SbomSubject {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(created, "created");
    }

    /** Returns an image of which nothing else is known. */
    public static SbomSubject of(RepositoryName repository, Digest image) {
        return new SbomSubject(repository, image, Optional.empty(), Optional.empty());
    }
}
