package dev.berth.registry.testing;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands in a certificate (RFC 5280), to be signed by an authority's key. The JDK reads certificates but has no API
 * that makes them.
 *
 * @param name the common name of who is certified
 * @param key the public key of who is certified
 * @param authority whether other certificates may be signed with that key
 * @param notBefore when the certificate begins to be valid; it is so for a year
 */
record CertificateRequest(String name, PublicKey key, boolean authority, Instant notBefore) {
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final int SERIAL_BITS = 120;
    private static final int KEY_ID_BYTES = 20;

    private static final byte[] CERT_SIGN = {0x04};
    private static final byte[] DIGITAL_SIGNATURE = {(byte) 0x80};
    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** Returns the certificate, signed by an authority of this name, which may be the same. */
    X509Certificate signedBy(String issuer, KeyPair issuerKeys) throws GeneralSecurityException {
        byte[] content = content(issuer, issuerKeys.getPublic());
        byte[] certificate =
                Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(signature(content, issuerKeys.getPrivate()), 0));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] signature(byte[] content, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    private byte[] content(String issuer, PublicKey issuerKey) throws GeneralSecurityException {
        BigInteger version3 = BigInteger.TWO;
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
        return Der.sequence(
                Der.explicit(0, Der.integer(version3)),
                Der.integer(serial),
                ECDSA_WITH_SHA256,
                distinguishedName(issuer),
                Der.sequence(Der.time(notBefore), Der.time(notBefore.plus(VALIDITY))),
                distinguishedName(name),
                key.getEncoded(),
                Der.explicit(3, Der.sequence(extensions(issuerKey).toArray(byte[][]::new))));
    }

    private static byte[] distinguishedName(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.identifier("2.5.4.3"), Der.utf8(commonName))));
    }

    private List<byte[]> extensions(PublicKey issuerKey) throws GeneralSecurityException {
        List<byte[]> extensions = new ArrayList<>();
        // Basic constraints, key usage, and the identifiers by which a chain is put together.
        extensions.add(critical("2.5.29.19", authority ? Der.sequence(Der.bool(true)) : Der.sequence()));
        extensions.add(
                critical("2.5.29.15", authority ? Der.bitString(CERT_SIGN, 2) : Der.bitString(DIGITAL_SIGNATURE, 7)));
        extensions.add(extension("2.5.29.14", Der.octetString(keyId(key))));
        extensions.add(extension("2.5.29.35", Der.sequence(Der.implicit(0, keyId(issuerKey)))));
        if (!authority) {
            // Extended key usage: a server's; and under which names and addresses it is to be found.
            extensions.add(extension("2.5.29.37", Der.sequence(Der.identifier("1.3.6.1.5.5.7.3.1"))));
            extensions.add(extension(
                    "2.5.29.17",
                    Der.sequence(
                            Der.implicit(DNS_NAME, "localhost".getBytes(StandardCharsets.US_ASCII)),
                            Der.implicit(IP_ADDRESS, IPV4_LOOPBACK),
                            Der.implicit(IP_ADDRESS, IPV6_LOOPBACK))));
        }
        return extensions;
    }

    private static byte[] critical(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.bool(true), Der.octetString(value));
    }

    private static byte[] extension(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.octetString(value));
    }

    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_ID_BYTES);
    }
}
