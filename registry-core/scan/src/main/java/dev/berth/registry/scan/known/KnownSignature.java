package dev.berth.registry.scan.known;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.signature.SignatureForm;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A signature or an attestation of an image, as all see it who judge it. Immutable. The texts come from strangers.
 *
 * @param form how it is kept
 * @param manifest the manifest that has it
 * @param attestation whether it is an attestation
 * @param signer who made it, if it is accepted and that is known
 * @param predicateType what an attestation says, if it is accepted
 * @param accepted whether it is accepted
 * @param reasons why not: clauses for people; none if it is
 * @param warnings what a policy of Notation only logs
 * @since 0.1
 */
public record KnownSignature(
        SignatureForm form,
        Digest manifest,
        boolean attestation,
        Optional<String> signer,
        Optional<String> predicateType,
        boolean accepted,
        List<String> reasons,
        List<String> warnings) {

    /** Copies the lists. */
    public KnownSignature {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(predicateType, "predicateType");
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
    }
}
