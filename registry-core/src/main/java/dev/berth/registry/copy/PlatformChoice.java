package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses what is copied of an image for several platforms. */
final class PlatformChoice {
    /** How builders mark what describes another image of the same index, and which. */
    private static final String DESCRIBED = "vnd.docker.reference.digest";

    private final ImageLocation location;
    private final List<Platform> platforms;

    PlatformChoice(ImageLocation location, List<Platform> platforms) {
        this.location = location;
        this.platforms = platforms;
    }

    /**
     * What to copy.
     *
     * @param descriptor its media type, digest and size
     * @param made the manifest, if it is not one of the source
     */
    record Chosen(Descriptor descriptor, Optional<Manifest> made) {}

    /** Returns what to copy of an image. */
    Chosen of(Manifest root) {
        if (platforms.isEmpty()) {
            return new Chosen(root.descriptor(), Optional.of(root));
        }
        ManifestDocument document = ManifestDocument.parse(root);
        if (document instanceof ImageIndex index) {
            return of(root, index);
        }
        requirePlatform(document);
        return new Chosen(root.descriptor(), Optional.of(root));
    }

    private Chosen of(Manifest root, ImageIndex index) {
        List<Descriptor> images = images(index);
        List<Descriptor> found =
                platforms.stream().map(platform -> find(images, platform)).toList();
        if (found.size() == 1) {
            Descriptor only = found.get(0);
            return new Chosen(Descriptor.of(only.mediaType(), only.digest(), only.size()), Optional.empty());
        }
        Set<Digest> wanted = found.stream().map(Descriptor::digest).collect(Collectors.toSet());
        List<Descriptor> kept = images.stream()
                .filter(child -> wanted.contains(child.digest()) || describes(child, wanted))
                .toList();
        Manifest made =
                kept.size() == images.size() ? root : index.withManifests(kept).toManifest();
        return new Chosen(made.descriptor(), Optional.of(made));
    }

    /** Returns the images of an index; what it does not say of them is looked up only where it matters. */
    private List<Descriptor> images(ImageIndex index) {
        IndexImages reading = new IndexImages(location);
        List<Descriptor> images = reading.of(index);
        return platforms.stream()
                        .allMatch(wanted -> matching(images, wanted).findAny().isPresent())
                ? images
                : reading.withPlatforms(images);
    }

    private static boolean describes(Descriptor child, Set<Digest> wanted) {
        String described = child.annotations().get(DESCRIBED);
        return described != null
                && wanted.stream().anyMatch(digest -> digest.toString().equals(described));
    }

    private Descriptor find(List<Descriptor> images, Platform wanted) {
        return matching(images, wanted)
                .filter(child -> child.platform().orElseThrow().isOfUsualVariant())
                .findFirst()
                .or(() -> matching(images, wanted).findFirst())
                .orElseThrow(() -> missing(
                        wanted,
                        images.stream()
                                .flatMap(child -> child.platform().stream())
                                .toList()));
    }

    private static Stream<Descriptor> matching(List<Descriptor> images, Platform wanted) {
        return images.stream()
                .filter(child -> child.platform()
                        .filter(p -> PlatformMatch.matches(wanted, p))
                        .isPresent());
    }

    /** An image that is not an index must be for one of the platforms. */
    private void requirePlatform(ManifestDocument document) {
        Platform own = new ConfigPlatform(location)
                .of(document)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.UNSUPPORTED,
                        "Of " + location + " no platform can be chosen: it is no image, but of the type "
                                + document.artifactType().orElse(document.mediaType())
                                + "; copy it without naming platforms"));
        if (platforms.stream().noneMatch(wanted -> PlatformMatch.matches(wanted, own))) {
            throw missing(platforms.get(0), List.of(own));
        }
    }

    private RegistryException missing(Platform wanted, List<Platform> present) {
        String offered = present.stream()
                .filter(PlatformMatch::isKnown)
                .map(PlatformMatch::print)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return RegistryException.of(
                ErrorCode.MANIFEST_UNKNOWN,
                "There is no image for " + PlatformMatch.print(wanted) + " in " + location + "; "
                        + (offered.isEmpty() ? "it names no platform at all" : "there are: " + offered));
    }
}
