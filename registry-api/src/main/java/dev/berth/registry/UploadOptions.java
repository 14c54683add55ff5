package dev.berth.registry;

import java.util.Objects;

/**
 * Options of an upload session. Immutable. Two objects are equal if all their settings are.
 *
 * @since 0.1
 */
public final class UploadOptions {
    private static final UploadOptions DEFAULTS = builder().build();

    private final DigestAlgorithm algorithm;

    private UploadOptions(Builder builder) {
        this.algorithm = builder.algorithm;
    }

    /** Returns the defaults: the upload is committed with a sha256 digest. */
    public static UploadOptions defaults() {
        return DEFAULTS;
    }

    /** Returns options for an upload that is committed with a digest of this algorithm. */
    public static UploadOptions of(DigestAlgorithm algorithm) {
        return builder().algorithm(algorithm).build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return builder().algorithm(algorithm);
    }

    /**
     * Returns the algorithm of the digest with which the upload is committed ({@code digest-algorithm}, end-4c). A
     * commit with a digest of another algorithm succeeds too, but requires the registry to read the bytes once more.
     */
    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UploadOptions options && algorithm == options.algorithm;
    }

    @Override
    public int hashCode() {
        return algorithm.hashCode();
    }

    /** Returns all settings as text. */
    @Override
    public String toString() {
        return "UploadOptions[algorithm=" + algorithm + "]";
    }

    /**
     * A builder of options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private DigestAlgorithm algorithm = DigestAlgorithm.SHA256;

        private Builder() {}

        /** Sets the algorithm of the digest with which the upload is committed. Default: sha256. */
        public Builder algorithm(DigestAlgorithm newAlgorithm) {
            this.algorithm = Objects.requireNonNull(newAlgorithm, "algorithm");
            return this;
        }

        /** Returns the options. */
        public UploadOptions build() {
            return new UploadOptions(this);
        }
    }
}
