package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import java.util.Map;
import java.util.Optional;

/** What Docker's media types are called by OCI, and plain tars when they are compressed. */
final class OciMediaTypes {
    private static final String DOCKER_TAR = "application/vnd.docker.image.rootfs.diff.tar";
    private static final String DOCKER_FOREIGN_TAR = "application/vnd.docker.image.rootfs.foreign.diff.tar";
    private static final String NONDISTRIBUTABLE_TAR = MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_PREFIX + "v1.tar";

    private static final Map<String, String> OF_DOCKER = Map.of(
            MediaTypes.DOCKER_MANIFEST,
            MediaTypes.OCI_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST,
            MediaTypes.OCI_INDEX,
            MediaTypes.DOCKER_CONFIG,
            MediaTypes.OCI_CONFIG,
            MediaTypes.DOCKER_LAYER,
            MediaTypes.OCI_LAYER_TAR_GZIP,
            DOCKER_TAR,
            MediaTypes.OCI_LAYER_TAR,
            DOCKER_TAR + ".zstd",
            MediaTypes.OCI_LAYER_TAR_ZSTD,
            MediaTypes.DOCKER_FOREIGN_LAYER,
            NONDISTRIBUTABLE_TAR + "+gzip",
            DOCKER_FOREIGN_TAR,
            NONDISTRIBUTABLE_TAR,
            DOCKER_FOREIGN_TAR + ".zstd",
            NONDISTRIBUTABLE_TAR + "+zstd");

    private static final Map<String, String> COMPRESSED =
            Map.of(MediaTypes.OCI_LAYER_TAR, MediaTypes.OCI_LAYER_TAR_GZIP, DOCKER_TAR, MediaTypes.DOCKER_LAYER);

    private OciMediaTypes() {}

    /** Returns the media type that OCI has for one of Docker's, and every other one as it is. */
    static String of(String mediaType) {
        return OF_DOCKER.getOrDefault(mediaType, mediaType);
    }

    static boolean isDockers(String mediaType) {
        return OF_DOCKER.containsKey(mediaType);
    }

    /** Returns the media type of a layer when it is compressed with gzip; empty if it is no plain tar. */
    static Optional<String> compressed(Descriptor layer) {
        return Optional.ofNullable(COMPRESSED.get(layer.mediaType()));
    }
}
