package dev.berth.examples.standalone.trust;

import dev.berth.registry.Descriptor;
import dev.berth.registry.scan.signature.CheckedSignature;
import dev.berth.registry.scan.signature.Signatures;
import java.util.List;
import java.util.Optional;

/**
 * A manifest, and what was found beside it.
 *
 * @param manifest the manifest, with its platform if it is one of several
 * @param signatures what was found
 * @param attestation the type of the attestation that is wanted; empty if a signature is
 */
record VerifiedManifest(Descriptor manifest, Signatures signatures, Optional<String> attestation) {

    /** Returns whether what is wanted stands, by somebody who is trusted. */
    boolean isTrusted() {
        return attestation.isEmpty() ? signatures.isSigned() : !wanted().isEmpty();
    }

    private List<CheckedSignature> wanted() {
        return signatures.attestations().stream()
                .filter(found -> found.predicateType().equals(attestation))
                .toList();
    }

    /** Returns why it is trusted or not, in one sentence. */
    String explanation() {
        String what = manifest.platform().map(platform -> platform + ", ").orElse("") + manifest.digest();
        if (attestation.isEmpty()) {
            return what + ": " + signatures.explanation()
                    + signatures
                            .skippedBy()
                            .map(policy -> "; the policy " + policy + " of notation verifies nothing here")
                            .orElse("");
        }
        return what + ": "
                + wanted().stream()
                        .findFirst()
                        .flatMap(CheckedSignature::signer)
                        .map(signer -> attestation.get() + " is attested by " + signer)
                        .orElse("no attestation of the type " + attestation.get() + " is accepted");
    }
}
