package dev.berth.registry;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** Types of which every subtype is for people to look at, or is made of other content. */
    private static final Set<String> RENDERED =
            Set.of("text", "image", "audio", "video", "font", "multipart", "message");

    private static final Pattern ACTIVE =
            Pattern.compile("xml.*|.*[+]xml|.*html.*|.*(java|ecma|live|j)script.*|pdf|postscript|ogg|mp4|wasm"
                    + "|x-shockwave-flash|futuresplash|java-archive|x-java-applet|x-mimearchive|hta|mathml");

    private MediaTypes() {}

    /**
     * Returns whether browsers render or run content of a media type: text, markup, scripts, pictures. Content that
     * somebody has pushed must not be served with such a type from a site that people trust.
     *
     * @param mediaType a media type, with or without parameters, in any case
     */
    public static boolean isActiveContent(String mediaType) {
        if (mediaType.startsWith("application/") && mediaType.endsWith("+json")) {
            // Nearly every manifest: found out without a pattern.
            return false;
        }
        int end = mediaType.indexOf(';');
        String plain =
                (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        int slash = plain.indexOf('/');
        return slash >= 0
                && (RENDERED.contains(plain.substring(0, slash))
                        || ACTIVE.matcher(plain.substring(slash + 1)).matches());
    }
}
