package dev.berth.registry.scan.signature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Signs images, and attests something of them, so that {@code cosign verify --key} and {@code cosign verify-attestation --key}
 * accept it. Nothing is told to a transparency log. Immutable and thread-safe.
 *
 * <p>A signature is for one manifest: sign the index, its images, or both.
 *
 * @since 0.1
 */
public final class CosignSigner {
    private final SigningKey key;
    private final Set<SignatureForm> forms;
    private final Map<String, String> annotations;
    private final InstantSource time;

    private CosignSigner(
            SigningKey key, Set<SignatureForm> forms, Map<String, String> annotations, InstantSource time) {
        this.key = key;
        this.forms = forms;
        this.annotations = annotations;
        this.time = time;
    }

    /** Returns a signer in the form that every cosign finds: at a tag. */
    public static CosignSigner of(SigningKey key) {
        return new CosignSigner(
                Objects.requireNonNull(key, "key"), Set.of(SignatureForm.COSIGN_TAG), Map.of(), InstantSource.system());
    }

    /**
     * Returns this signer in other forms. An attestation has two: where {@link SignatureForm#COSIGN_TAG} is chosen, it is at a
     * tag too, otherwise in a bundle.
     *
     * @throws IllegalArgumentException if there is none, or one is {@link SignatureForm#NOTATION} or
     *     {@link SignatureForm#ATTESTATION_TAG}
     */
    public CosignSigner in(SignatureForm... newForms) {
        Set<SignatureForm> chosen = Set.copyOf(List.of(newForms));
        if (chosen.isEmpty()
                || chosen.contains(SignatureForm.NOTATION)
                || chosen.contains(SignatureForm.ATTESTATION_TAG)) {
            throw new IllegalArgumentException(
                    "cosign's signatures have the forms COSIGN_TAG, COSIGN_REFERRER and BUNDLE, not " + chosen);
        }
        return new CosignSigner(key, chosen, annotations, time);
    }

    /** Returns this signer, which signs these annotations as well ({@code cosign sign -a}). */
    public CosignSigner annotated(Map<String, String> newAnnotations) {
        return new CosignSigner(key, forms, Map.copyOf(newAnnotations), time);
    }

    /** Returns this signer with another source of the time at which a bundle is created. */
    public CosignSigner time(InstantSource newTime) {
        return new CosignSigner(key, forms, annotations, newTime);
    }

    /**
     * Signs a manifest. At the tag, a signature that says the same and is by the same key is not repeated.
     *
     * @param selector the tag or digest of the manifest. What a tag names may change: better name the digest
     * @param name the repository as people call it, such as {@code registry.example/team/app}; it is signed too, though not
     *     in bundles, as with cosign
     * @return the manifests with signatures, in the order of {@link SignatureForm}
     * @throws IllegalArgumentException if the name is none of a repository
     * @throws RegistryException if the registry fails, or does not have the image
     */
    public List<Descriptor> sign(Repository repository, ManifestSelector selector, String name) {
        return sign(repository, repository.manifests().get(selector).descriptor(), name);
    }

    /**
     * As {@link #sign(Repository, ManifestSelector, String)}, of a manifest that is not read: one that the caller has made, and
     * that the repository does not hand out while it is not signed.
     *
     * @param image the media type, digest and size of the manifest
     */
    public List<Descriptor> sign(Repository repository, Descriptor image, String name) {
        String plainName = plain(name);
        SignatureArtifacts artifacts = new SignatureArtifacts(repository, image);
        byte[] payload = SimpleSigning.write(image.digest(), plainName, annotations);
        List<Descriptor> signed = new ArrayList<>();
        if (forms.contains(SignatureForm.COSIGN_TAG)) {
            Descriptor layer = signedLayer(artifacts, payload);
            signed.add(artifacts.addToTag(".sig", layer, other -> isOurs(other, layer, payload)));
        }
        if (forms.contains(SignatureForm.COSIGN_REFERRER)) {
            List<Descriptor> layers = List.of(signedLayer(artifacts, payload));
            signed.add(artifacts.referrerByConfig(
                    SignatureTypes.COSIGN_ARTIFACT, SignatureArtifacts.config(layers), layers, Map.of()));
        }
        if (forms.contains(SignatureForm.BUNDLE)) {
            JsonNode nothing = StrictJson.parse("{}".getBytes(StandardCharsets.US_ASCII));
            byte[] statement = Statement.write(image.digest(), "", annotations, SignatureTypes.SIGN_PREDICATE, nothing);
            signed.add(bundle(artifacts, statement, SignatureTypes.SIGN_PREDICATE));
        }
        return List.copyOf(signed);
    }

    private Descriptor signedLayer(SignatureArtifacts artifacts, byte[] payload) {
        return artifacts.layer(
                SignatureTypes.SIMPLE_SIGNING,
                payload,
                Map.of(SignatureTypes.SIGNATURE_ANNOTATION, Base64.getEncoder().encodeToString(key.sign(payload))));
    }

    private boolean isOurs(Descriptor other, Descriptor layer, byte[] payload) {
        String signature = other.annotations().getOrDefault(SignatureTypes.SIGNATURE_ANNOTATION, "");
        try {
            return other.digest().equals(layer.digest()) && key.verifies(payload, DsseEnvelope.base64(signature));
        } catch (RefusedException e) {
            return false;
        }
    }

    /**
     * Attests something of a manifest: a statement of in-toto, signed.
     *
     * @param selector the tag or digest of the manifest
     * @param name the repository as people call it, such as {@code registry.example/team/app}
     * @param predicateType what kind of statement it is, as a URI, such as {@code https://cyclonedx.org/bom}
     * @param predicate the statement, in JSON
     * @return the manifests with attestations
     * @throws IllegalArgumentException if the name is none of a repository, or the predicate is not JSON
     * @throws RegistryException if the registry fails, or does not have the image
     */
    public List<Descriptor> attest(
            Repository repository, ManifestSelector selector, String name, String predicateType, String predicate) {
        String plainName = plain(name);
        JsonNode json;
        try {
            json = StrictJson.parse(predicate.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("The predicate is not JSON: " + e.getMessage(), e);
        }
        Descriptor image = repository.manifests().get(selector).descriptor();
        SignatureArtifacts artifacts = new SignatureArtifacts(repository, image);
        byte[] statement = Statement.write(image.digest(), plainName, annotations, predicateType, json);
        List<Descriptor> attested = new ArrayList<>();
        if (forms.contains(SignatureForm.COSIGN_TAG)) {
            byte[] envelope = StrictJson.write(
                    DsseEnvelope.sign(SignatureTypes.IN_TOTO, statement, key).toJson());
            Map<String, String> more = new LinkedHashMap<>();
            more.put(SignatureTypes.SIGNATURE_ANNOTATION, "");
            more.put(SignatureTypes.PREDICATE_ANNOTATION, predicateType);
            Descriptor layer = artifacts.layer(SignatureTypes.DSSE, envelope, more);
            attested.add(artifacts.addToTag(".att", layer, other -> false));
        }
        if (forms.contains(SignatureForm.BUNDLE) || forms.contains(SignatureForm.COSIGN_REFERRER)) {
            attested.add(bundle(artifacts, statement, predicateType));
        }
        return List.copyOf(attested);
    }

    private Descriptor bundle(SignatureArtifacts artifacts, byte[] statement, String predicateType) {
        byte[] content =
                SigstoreBundle.write(DsseEnvelope.sign(SignatureTypes.IN_TOTO, statement, key), key.publicKey());
        Descriptor layer = artifacts.layer(SignatureTypes.BUNDLE, content, Map.of());
        Map<String, String> more = new LinkedHashMap<>();
        more.put(SignatureTypes.BUNDLE_CONTENT, "dsse-envelope");
        more.put(SignatureTypes.BUNDLE_PREDICATE, predicateType);
        more.put(
                SignatureTypes.CREATED,
                time.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return artifacts.referrer(SignatureTypes.BUNDLE, List.of(layer), more);
    }

    private static String plain(String name) {
        Reference reference = Reference.parse(name);
        return reference.registry() + "/" + reference.repository();
    }

    /** Returns how it signs, nothing of the key. */
    @Override
    public String toString() {
        return "CosignSigner[" + key + ", " + forms + "]";
    }
}
