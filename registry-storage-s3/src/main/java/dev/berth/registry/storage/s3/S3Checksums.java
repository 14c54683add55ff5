package dev.berth.registry.storage.s3;

/**
 * Which checksums are sent with requests and verified in responses. For services that do not support the newer ones.
 *
 * @since 0.1
 */
public enum S3Checksums {
    /** CRC32 with every upload, in a trailer if the body is streamed. AWS and current services support it. */
    CRC32,

    /** A checksum only if a request requires one. For services that reject trailers. */
    ONLY_WHERE_REQUIRED,

    /** As {@link #ONLY_WHERE_REQUIRED}, with {@code Content-MD5}. For old services. */
    MD5_WHERE_REQUIRED
}
