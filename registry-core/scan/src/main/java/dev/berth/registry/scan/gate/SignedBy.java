package dev.berth.registry.scan.gate;

import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The demand that somebody has signed: any of those whom a verifier trusts. Immutable.
 *
 * <p>A signature that a policy of Notation accepts without knowing the signer, as one of the level {@code audit} does, does not
 * meet it, and neither does a policy that skips verification.
 *
 * @param who who is trusted, in words for refusals: {@code release or backup}
 * @param verifier checks the signatures. It needs no attestations
 * @since 0.1
 */
public record SignedBy(String who, SignatureVerifier verifier) {

    /** Checks that it can be said who is trusted. */
    public SignedBy {
        Objects.requireNonNull(verifier, "verifier");
        if (who.isBlank()) {
            throw new IllegalArgumentException("Say whose signature is demanded: refusals tell it");
        }
    }

    /**
     * Returns the demand for a signature of cosign's forms by one of these keys, for the repository in which the image is.
     *
     * @throws IllegalArgumentException if there is no key, or {@link TrustedKeys} does not take them
     */
    public static SignedBy anyOf(TrustedKey... keys) {
        return new SignedBy(
                List.of(keys).stream().map(TrustedKey::name).collect(Collectors.joining(" or ")),
                SignatureVerifier.builder()
                        .keys(TrustedKeys.of(keys))
                        .withoutAttestations()
                        .build());
    }

    /** Returns who is trusted. */
    @Override
    public String toString() {
        return "signed by " + who;
    }
}
