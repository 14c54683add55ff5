package dev.berth.registry.copy;

import java.util.Objects;

/**
 * Something about a copy that its user should know, though it did not fail.
 *
 * @param kind what it is
 * @param message a sentence for people, without a full stop
 * @since 0.1
 */
public record CopyWarning(Kind kind, String message) {

    /** What a warning is about. More kinds may be added. */
    public enum Kind {
        /** Signatures, or other referrers, of the image were not copied, since that was not asked for. */
        SIGNATURES_LEFT_OUT,
        /** Signatures, or other referrers, of the source are not valid for the copy, whose digest is another one. */
        SIGNATURES_NOT_VALID,
        /** The copy has another digest than the source, because its manifests or layers were converted. */
        DIGEST_CHANGED,
        /** A layer that may be elsewhere is in neither registry. */
        LAYER_LEFT_OUT
    }

    /** Checks that both are there. */
    public CopyWarning {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }
}
