package dev.berth.registry.scan.known;

import java.util.List;

/**
 * The signatures and attestations of one manifest. Immutable.
 *
 * @param all what was found
 * @param complete whether everything was looked at, within the limits
 * @param judged whether somebody is trusted at all: otherwise nothing can be accepted
 * @since 0.1
 */
public record KnownSignatures(List<KnownSignature> all, boolean complete, boolean judged) {

    /** Copies the list. */
    public KnownSignatures {
        all = List.copyOf(all);
    }

    /** Returns whether the manifest is signed. Attestations do not count. */
    public Signing signing() {
        List<KnownSignature> signatures =
                all.stream().filter(found -> !found.attestation()).toList();
        if (signatures.isEmpty()) {
            return Signing.UNSIGNED;
        }
        boolean trusted = signatures.stream()
                .anyMatch(found -> found.accepted() && found.signer().isPresent());
        return trusted ? Signing.TRUSTED : Signing.NOT_TRUSTED;
    }
}
