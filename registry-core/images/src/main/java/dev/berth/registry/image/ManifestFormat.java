package dev.berth.registry.image;

import dev.berth.registry.MediaTypes;

/**
 * In whose words a new image is described.
 *
 * @since 0.1
 */
public enum ManifestFormat {
    /** OCI: the default. */
    OCI(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX, MediaTypes.OCI_CONFIG),
    /** Docker schema 2, for clients from before 2017. Has no zstd, no artifacts and no subject. */
    DOCKER(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_MANIFEST_LIST, MediaTypes.DOCKER_CONFIG);

    private static final String DOCKER_LAYER_TAR = "application/vnd.docker.image.rootfs.diff.tar";
    private static final String OCI_FOREIGN_LAYER = MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_PREFIX + "v1.tar+gzip";

    private final String manifestType;
    private final String indexType;
    private final String configType;

    ManifestFormat(String manifestType, String indexType, String configType) {
        this.manifestType = manifestType;
        this.indexType = indexType;
        this.configType = configType;
    }

    String manifestType() {
        return manifestType;
    }

    String indexType() {
        return indexType;
    }

    String configType() {
        return configType;
    }

    /** Returns the media type of a layer. Fails if this format has none for it. */
    String layerType(Compression.Method method) {
        return switch (method) {
            case NONE -> this == OCI ? MediaTypes.OCI_LAYER_TAR : DOCKER_LAYER_TAR;
            case GZIP -> this == OCI ? MediaTypes.OCI_LAYER_TAR_GZIP : MediaTypes.DOCKER_LAYER;
            case ZSTD -> {
                if (this == DOCKER) {
                    throw new IllegalArgumentException(
                            "Docker's format has no layers in zstd: use gzip, or the OCI format");
                }
                yield MediaTypes.OCI_LAYER_TAR_ZSTD;
            }
        };
    }

    /** Returns what a layer of a base image is called in this format. Fails if this format has no word for it. */
    String translate(String layerType) {
        return switch (layerType) {
            case MediaTypes.OCI_LAYER_TAR, DOCKER_LAYER_TAR -> layerType(Compression.Method.NONE);
            case MediaTypes.OCI_LAYER_TAR_GZIP, MediaTypes.DOCKER_LAYER -> layerType(Compression.Method.GZIP);
            case MediaTypes.OCI_LAYER_TAR_ZSTD -> layerType(Compression.Method.ZSTD);
            case OCI_FOREIGN_LAYER, MediaTypes.DOCKER_FOREIGN_LAYER ->
                this == OCI ? OCI_FOREIGN_LAYER : MediaTypes.DOCKER_FOREIGN_LAYER;
            default -> {
                if (this == DOCKER) {
                    throw new IllegalArgumentException("Docker's format has no layers of the media type '" + layerType
                            + "', which the base image has: use the OCI format");
                }
                yield layerType;
            }
        };
    }
}
