package dev.berth.registry.storage.s3;

/** Which checksums go with requests and are checked in answers. For stores that lack the newer ones. */
public enum S3Checksums {
    /** CRC32 with every upload, in a trailer where the body is streamed. What AWS and current stores understand. */
    CRC32,

    /** A checksum only where a request cannot do without one. For stores that refuse the trailers. */
    ONLY_WHERE_REQUIRED,

    /** As {@link #ONLY_WHERE_REQUIRED}, and it is {@code Content-MD5}. For old stores. */
    MD5_WHERE_REQUIRED
}
