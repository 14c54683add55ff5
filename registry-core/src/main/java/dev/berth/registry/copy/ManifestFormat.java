package dev.berth.registry.copy;

/**
 * In which format a copy writes manifests.
 *
 * @since 0.1
 */
public enum ManifestFormat {
    /** As they are at the source, byte for byte. */
    KEEP,
    /**
     * In that of OCI. Docker's media types of manifests, lists, configurations and layers are replaced, the content of
     * configurations and layers stays. The copy has another digest if there were any.
     */
    OCI
}
