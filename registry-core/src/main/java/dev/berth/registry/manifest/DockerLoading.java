package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code docker load} takes from an archive: a single image, all of whose layers are in the archive as plain or
 * compressed tars.
 *
 * @since 0.1
 */
public final class DockerLoading {
    private static final String ENCRYPTED = "+encrypted";
    private static final String IN_TOTO = "application/vnd.in-toto+";
    private static final Set<String> LAYERS = Set.of(
            MediaTypes.OCI_LAYER_TAR,
            MediaTypes.OCI_LAYER_TAR_GZIP,
            MediaTypes.OCI_LAYER_TAR_ZSTD,
            MediaTypes.DOCKER_LAYER,
            "application/vnd.docker.image.rootfs.diff.tar",
            "application/vnd.docker.image.rootfs.diff.tar.zstd");

    private DockerLoading() {}

    /**
     * Returns why an archive with this alone could not be loaded, to go on "… cannot be loaded by Docker: "; empty if it
     * could.
     */
    public static Optional<String> obstacle(ManifestDocument document) {
        if (document instanceof ImageIndex) {
            return Optional.of("it is an index of images; choose the one for a platform");
        }
        if (!(document instanceof ImageManifest image)) {
            return Optional.of("it is no image: its media type is " + document.mediaType());
        }
        Optional<String> layer =
                image.layers().stream().flatMap(l -> obstacle(l).stream()).findFirst();
        return image.isContainerImage() || layer.isPresent() && isAttestation(image)
                ? layer
                : Optional.of("it is no image, but an artifact of the type "
                        + document.artifactType().orElse(document.mediaType()));
    }

    private static boolean isAttestation(ImageManifest image) {
        return image.layers().stream().anyMatch(layer -> layer.mediaType().startsWith(IN_TOTO));
    }

    private static Optional<String> obstacle(Descriptor layer) {
        String type = layer.mediaType();
        if (type.startsWith(IN_TOTO)) {
            return Optional.of("it is an attestation about an image (" + type + "), and no image itself");
        }
        if (type.endsWith(ENCRYPTED)) {
            return Optional.of("its layer " + layer.digest() + " is encrypted (" + type + ")");
        }
        if (ManifestReference.mayBeElsewhere(layer)) {
            return Optional.of("its layer " + layer.digest() + " is a foreign one (" + type + ")"
                    + layer.urls().stream()
                            .findFirst()
                            .map(url -> ", which is kept at " + url)
                            .orElse(", which must not be distributed"));
        }
        return LAYERS.contains(type)
                ? Optional.empty()
                : Optional.of("its layer " + layer.digest() + " is of the type " + type + ", which is no tar");
    }
}
