package dev.berth.registry.scan.signature;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import java.time.Instant;
import java.util.List;

/** Checks signatures of cosign's forms, with keys. First the signature: what is not signed is not even read as JSON. */
final class CosignCheck {
    private static final int LONGEST_SIGNATURE = 8192;

    private final TrustedKeys keys;
    private final SignedName name;
    private final SignatureLimits limits;
    private final Instant now;

    CosignCheck(TrustedKeys keys, SignedName name, SignatureLimits limits, Instant now) {
        this.keys = keys;
        this.name = name;
        this.limits = limits;
        this.now = now;
    }

    CheckedSignature check(Repository repository, Digest image, FoundSignature found) {
        return switch (found.form()) {
            case COSIGN_TAG, COSIGN_REFERRER -> simpleSigning(repository, image, found);
            case ATTESTATION_TAG -> {
                byte[] content = SmallBlobs.read(repository, found.requireContent(), limits.attestationBytes());
                DsseEnvelope envelope = DsseEnvelope.read(JsonObject.root(StrictJson.parse(content)));
                yield statement(repository, image, found, envelope);
            }
            case BUNDLE -> {
                byte[] content = SmallBlobs.read(repository, found.requireContent(), limits.attestationBytes());
                yield statement(repository, image, found, SigstoreBundle.read(content));
            }
            case NOTATION -> throw new IllegalArgumentException("This is a signature of Notation");
        };
    }

    private CheckedSignature simpleSigning(Repository repository, Digest image, FoundSignature found) {
        Descriptor layer = found.requireContent();
        String text = layer.annotations().getOrDefault(SignatureTypes.SIGNATURE_ANNOTATION, "");
        if (text.isEmpty() || text.length() > LONGEST_SIGNATURE) {
            throw new RefusedException(
                    "its layer has no annotation " + SignatureTypes.SIGNATURE_ANNOTATION + " with a signature");
        }
        byte[] signature = DsseEnvelope.base64(text);
        byte[] payload = SmallBlobs.read(repository, layer, limits.signatureBytes());
        TrustedKey signer = keys.signer(payload, List.of(signature), now);
        SimpleSigning signed = SimpleSigning.parse(payload);
        if (!signed.digest().equals(image.toString())) {
            throw new RefusedException("it is for another digest, " + JsonObject.printable(signed.digest()));
        }
        name.require(signed.name(), repository.name());
        return CheckedSignature.accepted(found, signer.name());
    }

    private CheckedSignature statement(
            Repository repository, Digest image, FoundSignature found, DsseEnvelope envelope) {
        TrustedKey signer = keys.signer(envelope.signed(), envelope.signatures(), now);
        if (!envelope.type().equals(SignatureTypes.IN_TOTO)) {
            throw new RefusedException("its payload is of the type " + JsonObject.printable(envelope.type()));
        }
        Statement statement = Statement.parse(envelope.payload(), image, name, repository.name());
        boolean signature = found.form() == SignatureForm.BUNDLE
                && statement.predicateType().equals(SignatureTypes.SIGN_PREDICATE);
        return signature
                ? CheckedSignature.accepted(found, signer.name())
                : CheckedSignature.attested(found, signer.name(), statement);
    }
}
