package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.image.ImageConfig;
import dev.berth.registry.image.ImageIndex;
import dev.berth.registry.image.ImageManifest;
import dev.berth.registry.image.ManifestDocument;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses what is copied of an image for several platforms. */
final class PlatformChoice {
    private static final int MAX_CONFIG_BYTES = 8 * 1024 * 1024;

    /** How builders mark what describes another image of the same index, and which. */
    private static final String DESCRIBED = "vnd.docker.reference.digest";

    private final ImageLocation location;
    private final Repository source;
    private final List<Platform> platforms;

    PlatformChoice(ImageLocation location, List<Platform> platforms) {
        this.location = location;
        this.source = location.repository().open();
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
        List<Descriptor> found =
                platforms.stream().map(platform -> find(index, platform)).toList();
        if (found.size() == 1) {
            Descriptor only = found.get(0);
            return new Chosen(Descriptor.of(only.mediaType(), only.digest(), only.size()), Optional.empty());
        }
        Set<Digest> wanted = found.stream().map(Descriptor::digest).collect(Collectors.toSet());
        List<Descriptor> kept = index.manifests().stream()
                .filter(child -> wanted.contains(child.digest()) || describes(child, wanted))
                .toList();
        Manifest made = kept.equals(index.manifests())
                ? root
                : index.withManifests(kept).toManifest();
        return new Chosen(made.descriptor(), Optional.of(made));
    }

    private static boolean describes(Descriptor child, Set<Digest> wanted) {
        String described = child.annotations().get(DESCRIBED);
        return described != null
                && wanted.stream().anyMatch(digest -> digest.toString().equals(described));
    }

    private Descriptor find(ImageIndex index, Platform wanted) {
        List<Descriptor> matching = index.manifests().stream()
                .filter(child -> child.platform()
                        .filter(p -> PlatformMatch.matches(wanted, p))
                        .isPresent())
                .toList();
        return matching.stream()
                .filter(child -> PlatformMatch.isUsual(child.platform().orElseThrow()))
                .findFirst()
                .or(() -> matching.stream().findFirst())
                .orElseThrow(() -> missing(
                        wanted,
                        index.manifests().stream()
                                .flatMap(child -> child.platform().stream())
                                .toList()));
    }

    /** An image that is not an index must be for one of the platforms. */
    private void requirePlatform(ManifestDocument document) {
        if (!(document instanceof ImageManifest image)
                || !image.config().mediaType().equals(MediaTypes.OCI_CONFIG)
                        && !image.config().mediaType().equals(MediaTypes.DOCKER_CONFIG)) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "Of " + location + " no platform can be chosen: it is no image, but of the type "
                            + document.artifactType().orElse(document.mediaType())
                            + "; copy it without naming platforms");
        }
        Platform own = platformOf(image.config());
        if (platforms.stream().noneMatch(wanted -> PlatformMatch.matches(wanted, own))) {
            throw missing(platforms.get(0), List.of(own));
        }
    }

    private Platform platformOf(Descriptor config) {
        try (var content = source.blobs().open(config.digest())) {
            if (content.length() > MAX_CONFIG_BYTES) {
                throw new IOException("it is " + content.length() + " bytes long");
            }
            byte[] bytes = content.stream().readAllBytes();
            if (!Digest.of(config.digest().algorithm(), bytes).equals(config.digest())) {
                throw new IOException("it is corrupt");
            }
            return ImageConfig.parse(bytes).platform();
        } catch (IOException | IllegalArgumentException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "Could not read the configuration " + config.digest() + " of " + location + " for its platform: "
                            + e.getMessage(),
                    e);
        } catch (RegistryException e) {
            throw CopyFailure.of("read the configuration of " + location + " for its platform", e);
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
