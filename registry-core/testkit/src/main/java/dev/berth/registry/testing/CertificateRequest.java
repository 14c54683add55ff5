package dev.berth.registry.testing;

import dev.berth.registry.internal.pem.Der;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
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
 * The content of a certificate (RFC 5280), to be signed with the key of an authority. The JDK reads certificates but has
 * no API that makes them.
 *
 * @param name the common name of the subject
 * @param key the public key of the subject
 * @param servers the names of the server that the certificate is for; if there are none, it is one of an authority, with
 *     whose key other certificates may be signed
 * @param notBefore the beginning of the validity, which lasts a year
 */
record CertificateRequest(String name, PublicKey key, List<ServerName> servers, Instant notBefore) {
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final int SERIAL_BITS = 120;
    private static final int KEY_ID_BYTES = 20;

    private static final byte[] CERT_SIGN = {0x04};
    private static final byte[] DIGITAL_SIGNATURE = {(byte) 0x80};

    CertificateRequest {
        servers = List.copyOf(servers);
    }

    /** Returns the certificate, signed by an authority of this name, which may be the subject itself. */
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
        boolean authority = servers.isEmpty();
        List<byte[]> extensions = new ArrayList<>();
        // Basic constraints, key usage, and the identifiers that link the certificates of a chain.
        extensions.add(critical("2.5.29.19", authority ? Der.sequence(Der.bool(true)) : Der.sequence()));
        extensions.add(
                critical("2.5.29.15", authority ? Der.bitString(CERT_SIGN, 2) : Der.bitString(DIGITAL_SIGNATURE, 7)));
        extensions.add(extension("2.5.29.14", Der.octetString(keyId(key))));
        extensions.add(extension("2.5.29.35", Der.sequence(Der.implicit(0, keyId(issuerKey)))));
        if (!authority) {
            // Extended key usage: server authentication; and the names and addresses of the server.
            extensions.add(extension("2.5.29.37", Der.sequence(Der.identifier("1.3.6.1.5.5.7.3.1"))));
            extensions.add(extension(
                    "2.5.29.17",
                    Der.sequence(servers.stream().map(ServerName::der).toArray(byte[][]::new))));
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
