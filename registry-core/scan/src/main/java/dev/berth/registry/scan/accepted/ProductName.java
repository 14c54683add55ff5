package dev.berth.registry.scan.accepted;

import dev.berth.registry.Digest;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.scan.internal.purl.ImagePurl;
import dev.berth.registry.scan.internal.purl.Purl;
import java.util.Optional;

/**
 * What a statement of VEX is about: an image, or a package in any image.
 *
 * @param packages the package; empty if it is an image
 * @param repositories the repository of an image, if it is known
 * @param image the digest of an image, if it is known
 */
record ProductName(Optional<PackagePattern> packages, Optional<NamePattern> repositories, Optional<Digest> image) {

    /** Returns what a package URL names; empty if that is an image of which neither digest nor repository is known. */
    static Optional<ProductName> of(String text) {
        Purl purl;
        try {
            purl = Purl.parse(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!ImagePurl.isOne(purl)) {
            return Optional.of(
                    new ProductName(Optional.of(PackagePattern.parse(text)), Optional.empty(), Optional.empty()));
        }
        Optional<Digest> digest = ImagePurl.digest(purl);
        // A tag names another image tomorrow.
        boolean versioned = purl.version().isPresent() || purl.qualifier("tag").isPresent();
        Optional<NamePattern> repository = ImagePurl.repository(purl).map(NamePattern::exactly);
        boolean known = digest.isPresent() || repository.isPresent() && !versioned;
        return known
                ? Optional.of(
                        new ProductName(Optional.empty(), digest.isPresent() ? Optional.empty() : repository, digest))
                : Optional.empty();
    }

    static ProductName ofImage(Digest image) {
        return new ProductName(Optional.empty(), Optional.empty(), Optional.of(image));
    }

    boolean isImage() {
        return packages.isEmpty();
    }

    ProductName withPackages(PackagePattern part) {
        return new ProductName(Optional.of(part), repositories, image);
    }
}
