package dev.berth.registry.copy;

/**
 * How a copy compresses layers.
 *
 * @since 0.1
 */
public enum LayerCompression {
    /** Layers are copied as they are, byte for byte. */
    KEEP,
    /**
     * Layers that are plain tars, such as those in an archive of {@code docker save}, are compressed with gzip. The copy
     * has another digest if there were any; it is the same each time, with the same zlib.
     */
    GZIP
}
