package dev.berth.registry.scan.known;

/**
 * Whether an image is signed.
 *
 * @since 0.1
 */
public enum Signing {
    /** No signature was found. */
    UNSIGNED,
    /** There are signatures, but none by anybody who is trusted, or none that is valid. */
    NOT_TRUSTED,
    /** Somebody who is trusted has signed it. */
    TRUSTED
}
