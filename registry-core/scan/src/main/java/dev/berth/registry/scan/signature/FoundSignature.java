package dev.berth.registry.scan.signature;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import java.util.Optional;

/**
 * What may be a signature, before it is checked.
 *
 * @param form how it is kept
 * @param manifest the manifest that has it
 * @param content the blob with the payload or envelope; none if the manifest has none
 * @param problem why it cannot be one
 */
record FoundSignature(SignatureForm form, Digest manifest, Optional<Descriptor> content, Optional<String> problem) {

    static FoundSignature of(SignatureForm form, Digest manifest, Descriptor content) {
        return new FoundSignature(form, manifest, Optional.of(content), Optional.empty());
    }

    static FoundSignature broken(SignatureForm form, Digest manifest, String problem) {
        return new FoundSignature(form, manifest, Optional.empty(), Optional.of(problem));
    }

    Descriptor requireContent() {
        return content.orElseThrow(() -> new RefusedException(problem.orElse("it has no content")));
    }

    boolean isAttestation() {
        return form == SignatureForm.ATTESTATION_TAG;
    }
}
