package dev.berth.registry.scan.signature;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An envelope of DSSE ("dead simple signing envelope", version 1): a payload with its type, and signatures of both.
 *
 * @param type the type of the payload
 * @param payload the payload
 * @param signatures the signatures; that of any trusted key will do
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DsseEnvelope(String type, byte[] payload, List<byte[]> signatures) {
    private static final int MOST_SIGNATURES = 16;

    /** Reads an envelope. */
    static DsseEnvelope read(JsonObject envelope) {
        envelope.requireExactNames(List.of("payload", "payloadType", "signatures"));
        List<JsonObject> entries = envelope.objects("signatures");
        if (entries.isEmpty() || entries.size() > MOST_SIGNATURES) {
            throw new RefusedException(
                    "its envelope has " + entries.size() + " signatures, and may have 1 to " + MOST_SIGNATURES);
        }
        List<byte[]> signatures = new ArrayList<>();
        for (JsonObject entry : entries) {
            signatures.add(base64(entry.requireString("sig")));
        }
        return new DsseEnvelope(
                envelope.requireString("payloadType"), base64(envelope.requireString("payload")), signatures);
    }

    /** Decodes base64 in one of the two alphabets, as readers of these envelopes must. */
    static byte[] base64(String text) {
        boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("it is not in base64");
        }
    }

    /** Returns what is signed: type and payload, with their lengths, so that they cannot be divided in another way. */
    byte[] signed() {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream signed = new ByteArrayOutputStream(payload.length + typeBytes.length + 64);
        signed.writeBytes(("DSSEv1 " + typeBytes.length + " ").getBytes(StandardCharsets.US_ASCII));
        signed.writeBytes(typeBytes);
        signed.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        signed.writeBytes(payload);
        return signed.toByteArray();
    }

    /** Returns a new envelope, signed by a key. */
    static DsseEnvelope sign(String type, byte[] payload, SigningKey key) {
        DsseEnvelope unsigned = new DsseEnvelope(type, payload, List.of());
        return new DsseEnvelope(type, payload, List.of(key.sign(unsigned.signed())));
    }

    ObjectNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("payloadType", type);
        root.put("payload", Base64.getEncoder().encodeToString(payload));
        var entries = root.putArray("signatures");
        for (byte[] signature : signatures) {
            entries.addObject().put("keyid", "").put("sig", Base64.getEncoder().encodeToString(signature));
        }
        return root;
    }
}
