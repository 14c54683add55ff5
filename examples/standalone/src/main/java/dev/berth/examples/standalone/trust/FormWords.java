package dev.berth.examples.standalone.trust;

import dev.berth.registry.scan.signature.SignatureForm;

/** What people call the forms of signatures. */
final class FormWords {
    private FormWords() {}

    static String of(SignatureForm form) {
        return switch (form) {
            case COSIGN_TAG -> "cosign, tag";
            case COSIGN_REFERRER -> "cosign, referrer";
            case BUNDLE -> "cosign, bundle";
            case ATTESTATION_TAG -> "cosign, attestation tag";
            case NOTATION -> "notation";
        };
    }
}
