package dev.berth.registry.scan.signature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Signs images so that {@code notation verify} accepts it: in an envelope of JWS, by the scheme {@code notary.x509}, without a
 * timestamp of an authority. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class NotationSigner {
    private static final String AGENT = "berth";
    private static final String THUMBPRINTS = "io.cncf.notary.x509chain.thumbprint#S256";

    private final SigningKey key;
    private final CertificateChain chain;
    private final JwsAlgorithm algorithm;
    private final Optional<Duration> validity;
    private final InstantSource time;

    private NotationSigner(
            SigningKey key,
            CertificateChain chain,
            JwsAlgorithm algorithm,
            Optional<Duration> validity,
            InstantSource time) {
        this.key = key;
        this.chain = chain;
        this.algorithm = algorithm;
        this.validity = validity;
        this.time = time;
    }

    /**
     * Returns a signer.
     *
     * @param key RSA with 2048, 3072 or 4096 bits, or ECDSA on P-256, P-384 or P-521. The algorithm follows from it
     * @param certificates the certificate of the key first, each followed by its issuer, the root last
     * @throws IllegalArgumentException if the certificates are not what the specification of Notation demands, or not those of
     *     the key
     */
    public static NotationSigner of(SigningKey key, List<X509Certificate> certificates) {
        if (certificates.isEmpty() || !certificates.get(0).getPublicKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("The first certificate must be that of the key");
        }
        try {
            return new NotationSigner(
                    key,
                    CertificateChain.of(certificates),
                    JwsAlgorithm.of(key.publicKey()),
                    Optional.empty(),
                    InstantSource.system());
        } catch (RefusedException e) {
            throw new IllegalArgumentException("These certificates cannot sign images: " + e.reason(), e);
        }
    }

    /**
     * Returns this signer, whose signatures count for a time only. For ever by default, that is, as long as the certificates.
     *
     * @throws IllegalArgumentException if it is less than a second
     */
    public NotationSigner expiringAfter(Duration newValidity) {
        if (newValidity.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("A signature must count for a second at least, not " + newValidity);
        }
        return new NotationSigner(key, chain, algorithm, Optional.of(newValidity), time);
    }

    /** Returns this signer with another source of the time at which it signs. */
    public NotationSigner time(InstantSource newTime) {
        return new NotationSigner(key, chain, algorithm, validity, Objects.requireNonNull(newTime, "time"));
    }

    /**
     * Signs a manifest.
     *
     * @param selector the tag or digest of the manifest. What a tag names may change: better name the digest
     * @return the manifest with the signature
     * @throws RegistryException if the registry fails, or does not have the image
     */
    public Descriptor sign(Repository repository, ManifestSelector selector) {
        return sign(repository, repository.manifests().get(selector).descriptor());
    }

    /**
     * As {@link #sign(Repository, ManifestSelector)}, of a manifest that is not read: one that the caller has made, and that the
     * repository does not hand out while it is not signed.
     *
     * @param image the media type, digest and size of the manifest
     */
    public Descriptor sign(Repository repository, Descriptor image) {
        SignatureArtifacts artifacts = new SignatureArtifacts(repository, image);
        Descriptor layer = artifacts.layer(SignatureTypes.JWS, envelope(image), Map.of());
        return artifacts.referrerByConfig(
                SignatureTypes.NOTATION,
                List.of(layer),
                Map.of(
                        THUMBPRINTS,
                        thumbprints(),
                        SignatureTypes.CREATED,
                        time.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    byte[] envelope(Descriptor image) {
        String signed = base64(headers()) + "." + base64(payload(image));
        byte[] signature = key.signPlain(signed.getBytes(StandardCharsets.US_ASCII), algorithm.algorithm());
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("payload", signed.substring(signed.indexOf('.') + 1));
        root.put("protected", signed.substring(0, signed.indexOf('.')));
        ObjectNode header = root.putObject("header");
        ArrayNode certificates = header.putArray("x5c");
        for (X509Certificate certificate : chain.certificates()) {
            certificates.add(Base64.getEncoder().encodeToString(encoded(certificate)));
        }
        header.put("io.cncf.notary.signingAgent", AGENT);
        root.put("signature", base64(signature));
        return StrictJson.write(root);
    }

    private byte[] headers() {
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        headers.put("alg", algorithm.name());
        ArrayNode critical = headers.putArray("crit").add(NotationEnvelope.SCHEME);
        headers.put("cty", NotationEnvelope.PAYLOAD_TYPE);
        validity.ifPresent(duration -> {
            critical.add(NotationEnvelope.EXPIRY);
            headers.put(
                    NotationEnvelope.EXPIRY,
                    now.plus(duration).truncatedTo(ChronoUnit.SECONDS).toString());
        });
        headers.put(NotationEnvelope.SCHEME, NotationEnvelope.X509);
        headers.put(NotationEnvelope.SIGNING_TIME, now.toString());
        return StrictJson.write(headers);
    }

    private static byte[] payload(Descriptor image) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("targetArtifact")
                .put("mediaType", image.mediaType())
                .put("digest", image.digest().toString())
                .put("size", image.size());
        return StrictJson.write(root);
    }

    private String thumbprints() {
        ArrayNode prints = JsonNodeFactory.instance.arrayNode();
        chain.certificates()
                .forEach(certificate ->
                        prints.add(Digest.sha256(encoded(certificate)).hex()));
        return new String(StrictJson.write(prints), StandardCharsets.US_ASCII);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("A certificate cannot be encoded", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the subject of the certificate, nothing of the key. */
    @Override
    public String toString() {
        return "NotationSigner[" + CertificateChain.name(chain.leaf()) + ", " + algorithm + "]";
    }
}
