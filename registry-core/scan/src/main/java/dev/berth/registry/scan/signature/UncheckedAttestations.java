package dev.berth.registry.scan.signature;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what attestations say of an image without asking who made them: for content that is taken from anybody who may push, as
 * layers are. What must be true is read by {@link SignatureVerifier}. All methods are thread-safe.
 *
 * @since 0.1
 */
public final class UncheckedAttestations {
    private UncheckedAttestations() {}

    /**
     * A statement of in-toto about an image. Immutable.
     *
     * @param form how it is kept
     * @param manifest the manifest that has it
     * @param predicateType what kind of statement it is
     * @param statement the statement as JSON
     * @since 0.1
     */
    public record Unchecked(SignatureForm form, Digest manifest, String predicateType, String statement) {

        /** Checks that the parts are there. */
        public Unchecked {
            Objects.requireNonNull(form, "form");
            Objects.requireNonNull(manifest, "manifest");
            Objects.requireNonNull(predicateType, "predicateType");
            Objects.requireNonNull(statement, "statement");
        }
    }

    /**
     * Returns the statements that attestations of an image make about it: those at cosign's tag, and those in bundles. What
     * cannot be read, is about something else, or exceeds the limits, is left out. Each is read when the stream comes to it, so
     * that they need not be in memory at the same time.
     *
     * @param image the media type, digest and size of the manifest
     * @throws RegistryException if the registry cannot tell, also from the stream. Never for what is in an attestation
     */
    public static Stream<Unchecked> find(Repository repository, Descriptor image, SignatureLimits limits) {
        SignatureSearch search = new SignatureSearch(repository, image.digest(), limits, true);
        search.run();
        return search.found().stream()
                .filter(found -> found.form() == SignatureForm.ATTESTATION_TAG || found.form() == SignatureForm.BUNDLE)
                .filter(found -> found.content().isPresent())
                .flatMap(found -> readIfOne(repository, image.digest(), found, limits).stream());
    }

    private static Optional<Unchecked> readIfOne(
            Repository repository, Digest image, FoundSignature found, SignatureLimits limits) {
        try {
            return Optional.of(read(repository, image, found, limits));
        } catch (RefusedException | MalformedJsonException e) {
            return Optional.empty(); // it says nothing
        }
    }

    private static Unchecked read(Repository repository, Digest image, FoundSignature found, SignatureLimits limits) {
        byte[] content = SmallBlobs.read(repository, found.requireContent(), limits.attestationBytes());
        DsseEnvelope envelope = found.form() == SignatureForm.BUNDLE
                ? SigstoreBundle.read(content)
                : DsseEnvelope.read(JsonObject.root(StrictJson.parse(content)));
        if (!envelope.type().equals(SignatureTypes.IN_TOTO)) {
            throw new RefusedException("its payload is no statement");
        }
        Statement statement = Statement.parse(envelope.payload(), image, SignedName.any(), repository.name());
        return new Unchecked(found.form(), found.manifest(), statement.predicateType(), statement.text());
    }
}
