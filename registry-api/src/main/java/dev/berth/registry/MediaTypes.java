package dev.berth.registry;

/**
 * The media types of OCI and Docker content.
 *
 * @since 0.1
 */
public final class MediaTypes {

    /** OCI image manifest. */
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    /** OCI image index. */
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    /** OCI image configuration. */
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    /** OCI layer: a plain tar. */
    public static final String OCI_LAYER_TAR = "application/vnd.oci.image.layer.v1.tar";
    /** OCI layer: a tar compressed with gzip. */
    public static final String OCI_LAYER_TAR_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    /** OCI layer: a tar compressed with zstd. */
    public static final String OCI_LAYER_TAR_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    /** The prefix of the media types of nondistributable OCI layers. */
    public static final String OCI_NONDISTRIBUTABLE_LAYER_PREFIX = "application/vnd.oci.image.layer.nondistributable.";
    /** The content <code>{}</code>, for a descriptor that is required but has no content of its own. */
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

    /** Docker image manifest, version 2, schema 2. */
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    /** Docker manifest list. */
    public static final String DOCKER_MANIFEST_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    /** Docker image manifest, schema 1. Not supported; named so that it can be rejected. */
    public static final String DOCKER_MANIFEST_SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+json";
    /** Docker image manifest, schema 1 with signatures. Not supported; named so that it can be rejected. */
    public static final String DOCKER_MANIFEST_SCHEMA1_SIGNED =
            "application/vnd.docker.distribution.manifest.v1+prettyjws";
    /** Docker image configuration. */
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    /** Docker layer: a tar compressed with gzip. */
    public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    /** Nondistributable Docker layer. */
    public static final String DOCKER_FOREIGN_LAYER = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

    /** Arbitrary bytes: the media type of a blob. */
    public static final String OCTET_STREAM = "application/octet-stream";

    private MediaTypes() {}
}
