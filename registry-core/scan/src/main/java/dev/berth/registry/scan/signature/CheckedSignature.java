package dev.berth.registry.scan.signature;

import dev.berth.registry.Digest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A signature or attestation that was found beside an image, and whether it is accepted. Immutable.
 *
 * @param form how it is kept
 * @param manifest the manifest that has it
 * @param attestation whether it is an attestation: it says something of the image, but does not count as its signature
 * @param signer the name of the key, or the subject of the certificate, that made it. Empty if that is not known, or not to
 *     be trusted
 * @param predicateType what kind of statement an attestation makes, if it is accepted
 * @param statement the in-toto statement of an attestation as JSON, if it is accepted
 * @param refusals why it is not accepted; none if it is
 * @param warnings what a policy of Notation only logs
 * @since 0.1
 */
public record CheckedSignature(
        SignatureForm form,
        Digest manifest,
        boolean attestation,
        Optional<String> signer,
        Optional<String> predicateType,
        Optional<String> statement,
        List<String> refusals,
        List<String> warnings) {

    /** Copies the lists. */
    public CheckedSignature {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(manifest, "manifest");
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    static CheckedSignature accepted(FoundSignature found, String signer) {
        return new CheckedSignature(
                found.form(),
                found.manifest(),
                false,
                Optional.of(signer),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    static CheckedSignature attested(FoundSignature found, String signer, Statement statement) {
        return new CheckedSignature(
                found.form(),
                found.manifest(),
                true,
                Optional.of(signer),
                Optional.of(statement.predicateType()),
                Optional.of(statement.text()),
                List.of(),
                List.of());
    }

    static CheckedSignature refused(FoundSignature found, String reason) {
        return new CheckedSignature(
                found.form(),
                found.manifest(),
                found.isAttestation(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(reason),
                List.of());
    }

    /** Returns whether it is accepted. */
    public boolean isAccepted() {
        return refusals.isEmpty();
    }

    /** Returns it in words, in one line. */
    @Override
    public String toString() {
        return (attestation ? "attestation " : "signature ")
                + form
                + (isAccepted() ? " by " + signer.orElse("?") : " refused: " + String.join("; ", refusals))
                + (warnings.isEmpty() ? "" : " (" + String.join("; ", warnings) + ")");
    }
}
