package dev.berth.registry.token;

import dev.berth.registry.internal.pem.Der;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Makes certificates (RFC 5280) in which a key of the curve P-256 certifies itself. */
final class SelfSigned {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final int SERIAL_BITS = 120;

    /** Signs data, and may sign other certificates. */
    private static final byte[] KEY_USAGE = {(byte) 0x84};

    private static final int LINE = 64;

    private SelfSigned() {}

    /** Returns a certificate in PEM form. */
    static String certificate(String name, PublicKey key, PrivateKey signer, Instant from, Duration validity) {
        byte[] subject = Der.sequence(Der.set(Der.sequence(Der.identifier("2.5.4.3"), Der.utf8(name))));
        BigInteger version3 = BigInteger.TWO;
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(version3)),
                Der.integer(serial),
                ECDSA_WITH_SHA256,
                subject,
                Der.sequence(Der.time(from), Der.time(from.plus(validity))),
                subject,
                key.getEncoded(),
                // Basic constraints and key usage.
                Der.explicit(
                        3,
                        Der.sequence(
                                critical("2.5.29.19", Der.sequence(Der.bool(true))),
                                critical("2.5.29.15", Der.bitString(KEY_USAGE, 2)))));
        byte[] certificate = Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(signed(content, signer), 0));
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static byte[] critical(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.bool(true), Der.octetString(value));
    }

    private static byte[] signed(byte[] content, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate cannot be signed", e);
        }
    }
}
