package dev.berth.registry.scan.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Writes envelopes of JWS as a signer of Notation does, or would not. */
final class Envelope {
    /** Signs what an envelope signs. */
    interface Signing {
        byte[] sign(byte[] message) throws GeneralSecurityException;
    }

    final ObjectNode headers = JsonNodeFactory.instance.objectNode();
    final ObjectNode payload = JsonNodeFactory.instance.objectNode();
    private final List<TestCertificate> chain;
    private Signing signing;

    Envelope(Descriptor image, TestCertificate... chain) {
        this.chain = new ArrayList<>(List.of(chain));
        TestCertificate leaf = chain[0];
        JwsAlgorithm algorithm = algorithm(leaf.keys().getPublic());
        this.signing = message -> algorithm.algorithm().signPlain(leaf.keys().getPrivate(), message);
        headers.put("alg", algorithm.name());
        headers.put("cty", NotationEnvelope.PAYLOAD_TYPE);
        headers.putArray("crit").add(NotationEnvelope.SCHEME);
        headers.put(NotationEnvelope.SCHEME, NotationEnvelope.X509);
        headers.put(NotationEnvelope.SIGNING_TIME, "2029-12-31T00:00:00Z");
        payload.putObject("targetArtifact")
                .put("mediaType", image.mediaType())
                .put("digest", image.digest().toString())
                .put("size", image.size());
    }

    private static JwsAlgorithm algorithm(PublicKey key) {
        try {
            return JwsAlgorithm.of(key);
        } catch (RefusedException e) {
            return JwsAlgorithm.PS256;
        }
    }

    Envelope header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Envelope critical(String... names) {
        var critical = headers.putArray("crit");
        List.of(names).forEach(critical::add);
        return this;
    }

    Envelope without(String name) {
        headers.remove(name);
        return this;
    }

    Envelope signing(Signing newSigning) {
        signing = newSigning;
        return this;
    }

    byte[] bytes() {
        return bytes(text -> text);
    }

    /** Returns the envelope with what is not signed changed. */
    byte[] bytes(Function<String, String> change) {
        String message = base64(headers) + "." + base64(payload);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        try {
            root.put("payload", base64(payload)).put("protected", base64(headers));
            var certificates = root.putObject("header").putArray("x5c");
            for (TestCertificate certificate : chain) {
                certificates.add(Base64.getEncoder()
                        .encodeToString(certificate.certificate().getEncoded()));
            }
            root.put(
                    "signature",
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(signing.sign(message.getBytes(StandardCharsets.US_ASCII))));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return change.apply(new String(StrictJson.write(root), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(JsonNode json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(StrictJson.write(json));
    }
}
