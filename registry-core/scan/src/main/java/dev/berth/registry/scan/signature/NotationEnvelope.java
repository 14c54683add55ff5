package dev.berth.registry.scan.signature;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A signature of Notation in an envelope of JWS whose integrity is verified: it is what the key of the first certificate
 * signed, the certificates form a chain, and the headers are what the specification demands.
 *
 * @param payload what is signed
 * @param chain the certificates
 * @param authority whether a signing authority vouches for the time
 * @param signingTime when it says that it was signed
 * @param expiry until when the signer wants it to count
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NotationEnvelope(
        byte[] payload, CertificateChain chain, boolean authority, Instant signingTime, Optional<Instant> expiry) {
    static final String PAYLOAD_TYPE = "application/vnd.cncf.notary.payload.v1+json";
    static final String SCHEME = "io.cncf.notary.signingScheme";
    static final String X509 = "notary.x509";
    static final String SIGNING_TIME = "io.cncf.notary.signingTime";
    static final String EXPIRY = "io.cncf.notary.expiry";
    private static final String AUTHORITY = "notary.x509.signingAuthority";
    private static final String AUTHENTIC_TIME = "io.cncf.notary.authenticSigningTime";
    private static final String PLUGIN = "io.cncf.notary.verificationPlugin";
    private static final int MOST_CRITICAL = 20;

    /** Reads and verifies an envelope. */
    static NotationEnvelope verify(byte[] content) {
        JsonObject root = JsonObject.root(StrictJson.parse(content));
        root.requireExactNames(List.of("payload", "protected", "header", "signature"));
        String payload = root.requireString("payload");
        String protectedHeaders = root.requireString("protected");
        CertificateChain chain =
                CertificateChain.parse(root.requireObject("header").strings("x5c"));
        JwsAlgorithm algorithm = JwsAlgorithm.of(chain.leaf().getPublicKey());
        byte[] signed = (protectedHeaders + "." + payload).getBytes(StandardCharsets.UTF_8);
        if (!algorithm
                .algorithm()
                .verifyPlain(chain.leaf().getPublicKey(), signed, decode(root.requireString("signature")))) {
            throw new RefusedException("its signature is not by " + algorithm + " with the key of its certificate");
        }
        JsonObject headers = JsonObject.root(StrictJson.parse(decode(protectedHeaders)));
        if (!headers.requireString("alg").equals(algorithm.name())) {
            throw new RefusedException("its header says " + JsonObject.printable(headers.requireString("alg"))
                    + ", and its key signs by " + algorithm);
        }
        if (!headers.requireString("cty").equals(PAYLOAD_TYPE)) {
            throw new RefusedException(
                    "its payload is of the type " + JsonObject.printable(headers.requireString("cty")));
        }
        return withHeaders(decode(payload), chain, headers);
    }

    private static NotationEnvelope withHeaders(byte[] payload, CertificateChain chain, JsonObject headers) {
        String scheme = headers.requireString(SCHEME);
        boolean authority = scheme.equals(AUTHORITY);
        if (!authority && !scheme.equals(X509)) {
            throw new RefusedException("it is of the scheme " + JsonObject.printable(scheme) + ", which is not known");
        }
        if (headers.has(authority ? SIGNING_TIME : AUTHENTIC_TIME)) {
            throw new RefusedException("it has the signing time of another scheme than " + scheme);
        }
        if (headers.has(PLUGIN)) {
            throw new RefusedException("it demands a plugin that verifies it, and there are none here");
        }
        Instant signingTime = time(headers, authority ? AUTHENTIC_TIME : SIGNING_TIME)
                .orElseThrow(() -> new RefusedException("it does not say when it was signed"));
        Optional<Instant> expiry = time(headers, EXPIRY);
        if (expiry.isPresent() && !expiry.get().isAfter(signingTime)) {
            throw new RefusedException("it expires before it was signed");
        }
        requireCritical(headers, authority, expiry.isPresent());
        return new NotationEnvelope(payload, chain, authority, signingTime, expiry);
    }

    /** What is critical must be known here, and what the specification wants to be critical must be. */
    private static void requireCritical(JsonObject headers, boolean authority, boolean expires) {
        Set<String> needed = new HashSet<>(Set.of(SCHEME));
        if (authority) {
            needed.add(AUTHENTIC_TIME);
        }
        if (expires) {
            needed.add(EXPIRY);
        }
        List<String> critical = headers.strings("crit");
        if (critical.size() > MOST_CRITICAL) {
            throw new RefusedException("it has " + critical.size() + " critical headers");
        }
        for (String name : critical) {
            if (!needed.remove(name)) {
                throw new RefusedException("its critical header " + JsonObject.printable(name)
                        + " is not known here, not there, or there twice");
            }
        }
        if (!needed.isEmpty()) {
            throw new RefusedException("its headers " + needed + " must be critical");
        }
    }

    private static Optional<Instant> time(JsonObject headers, String name) {
        try {
            return headers.string(name).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new RefusedException("its header " + name + " is no time");
        }
    }

    static byte[] decode(String text) {
        if (text.indexOf('=') >= 0) {
            throw new RefusedException("it is not in the base64 of JWS, which has no padding");
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("it is not in the base64 of JWS");
        }
    }
}
