package dev.berth.registry.scan.signature;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A bundle of Sigstore, version 0.3, with an envelope of DSSE. What it says of keys, certificates and logs is not looked at:
 * only keys that are trusted count, and they are known beforehand.
 */
final class SigstoreBundle {
    private SigstoreBundle() {}

    /** Returns the envelope in a bundle. */
    static DsseEnvelope read(byte[] content) {
        JsonObject root = JsonObject.root(StrictJson.parse(content));
        String type = root.requireString("mediaType");
        if (!type.equals(SignatureTypes.BUNDLE)) {
            throw new RefusedException("its bundle is of the type " + JsonObject.printable(type) + ", and must be of "
                    + SignatureTypes.BUNDLE);
        }
        return DsseEnvelope.read(root.object("dsseEnvelope")
                .orElseThrow(() -> new RefusedException("its bundle has no envelope of DSSE")));
    }

    /** Returns a new bundle. */
    static byte[] write(DsseEnvelope envelope, PublicKey key) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("mediaType", SignatureTypes.BUNDLE);
        root.putObject("verificationMaterial").putObject("publicKey").put("hint", hint(key));
        root.set("dsseEnvelope", envelope.toJson());
        return StrictJson.write(root);
    }

    /** Returns the hint that cosign gives: the hash of the key, in base64. */
    private static String hint(PublicKey key) {
        byte[] hash = HexFormat.of().parseHex(Digest.sha256(key.getEncoded()).hex());
        return Base64.getEncoder().encodeToString(hash);
    }
}
