package dev.berth.registry.scan.sbom;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.inventory.ImageInventory;
import java.util.Objects;
import java.util.Optional;

/**
 * An SBOM that was found beside an image, and what it says. Immutable.
 *
 * @param place where it is
 * @param manifest the manifest that has it
 * @param signer who signed it, if that was asked for
 * @param inventory what it says is in the image; empty if it is not believed or cannot be read
 * @param problem why not: a clause for people; empty if it was read
 * @since 0.1
 */
public record AttachedSbom(
        Place place, Digest manifest, Optional<String> signer, Optional<ImageInventory> inventory, String problem) {

    /** Where an SBOM of an image is. */
    public enum Place {
        /** A referrer of the image. */
        REFERRER,
        /** cosign's tag {@code sha256-<hex>.sbom}. */
        TAG,
        /** An attestation of cosign: at the tag {@code sha256-<hex>.att}, or in a bundle. */
        ATTESTATION,
        /** A manifest that the index of the image lists beside it, as BuildKit writes it. */
        INDEX
    }

    /** Checks that the parts are there. */
    public AttachedSbom {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(inventory, "inventory");
        Objects.requireNonNull(problem, "problem");
    }

    static AttachedSbom read(Place place, Digest manifest, Optional<String> signer, ImageInventory inventory) {
        return new AttachedSbom(place, manifest, signer, Optional.of(inventory), "");
    }

    static AttachedSbom refused(Place place, Digest manifest, String problem) {
        return new AttachedSbom(place, manifest, Optional.empty(), Optional.empty(), problem);
    }
}
