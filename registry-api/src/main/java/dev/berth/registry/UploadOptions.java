package dev.berth.registry;

import java.util.Objects;

/**
 * How an upload is going to be made.
 *
 * @param algorithm the algorithm of the digest that the upload will be committed with ({@code digest-algorithm},
 *     end-4c). Committing with another one works too, but costs the registry another reading of the bytes
 */
public record UploadOptions(DigestAlgorithm algorithm) {

    /** Checks that there is an algorithm. */
    public UploadOptions {
        Objects.requireNonNull(algorithm, "algorithm");
    }

    /** An upload that will be committed with a sha256 digest. */
    public static UploadOptions defaults() {
        return new UploadOptions(DigestAlgorithm.SHA256);
    }
}
