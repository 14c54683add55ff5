package dev.berth.registry.certificates;

import dev.berth.registry.internal.pem.Der;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate and its key. */
public record TestCertificate(X509Certificate certificate, KeyPair keys) {
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String UNIT = "2.5.4.11";
    private static final String ORGANISATION = "2.5.4.10";

    /** Returns what makes a certificate with this common name. */
    public static Maker named(String commonName) {
        return new Maker().subject(COMMON_NAME, commonName);
    }

    public static KeyPair ec(String curve) {
        return keys("EC", new ECGenParameterSpec(curve));
    }

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys(String algorithm, ECGenParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String keyPem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** Makes certificates. */
    public static final class Maker {
        private final List<byte[]> subject = new ArrayList<>();
        private final List<byte[]> alternatives = new ArrayList<>();
        private KeyPair keys = ec("secp256r1");
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = Instant.now().plus(Duration.ofDays(30));
        private boolean authority;

        private Maker subject(String type, String value) {
            subject.add(Der.set(Der.sequence(Der.identifier(type), Der.utf8(value))));
            return this;
        }

        public Maker commonName(String name) {
            return subject(COMMON_NAME, name);
        }

        public Maker unit(String unit) {
            return subject(UNIT, unit);
        }

        public Maker organisation(String organisation) {
            return subject(ORGANISATION, organisation);
        }

        public Maker mail(String address) {
            return alternative(1, address);
        }

        public Maker dns(String name) {
            return alternative(2, name);
        }

        public Maker uri(String uri) {
            return alternative(6, uri);
        }

        private Maker alternative(int kind, String value) {
            alternatives.add(Der.implicit(kind, value.getBytes(StandardCharsets.US_ASCII)));
            return this;
        }

        public Maker keys(KeyPair newKeys) {
            this.keys = newKeys;
            return this;
        }

        public Maker valid(Instant newFrom, Instant newUntil) {
            this.from = newFrom;
            this.until = newUntil;
            return this;
        }

        public Maker authority() {
            this.authority = true;
            return this;
        }

        public TestCertificate selfSigned() {
            return signed(Der.sequence(subject.toArray(byte[][]::new)), keys);
        }

        public TestCertificate signedBy(TestCertificate issuer) {
            return signed(issuer.certificate.getSubjectX500Principal().getEncoded(), issuer.keys);
        }

        private TestCertificate signed(byte[] issuer, KeyPair signer) {
            boolean rsa = signer.getPublic().getAlgorithm().equals("RSA");
            byte[] algorithm = Der.sequence(Der.identifier(rsa ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.2"));
            List<byte[]> extensions = new ArrayList<>();
            if (authority) {
                extensions.add(Der.sequence(
                        Der.identifier("2.5.29.19"), Der.bool(true), Der.octetString(Der.sequence(Der.bool(true)))));
            } else {
                extensions.add(
                        Der.sequence(Der.identifier("2.5.29.19"), Der.bool(true), Der.octetString(Der.sequence())));
            }
            if (!alternatives.isEmpty()) {
                extensions.add(Der.sequence(
                        Der.identifier("2.5.29.17"),
                        Der.octetString(Der.sequence(alternatives.toArray(byte[][]::new)))));
            }
            byte[] content = Der.sequence(
                    Der.explicit(0, Der.integer(BigInteger.TWO)),
                    Der.integer(new BigInteger(100, new SecureRandom()).setBit(100)),
                    algorithm,
                    issuer,
                    Der.sequence(Der.time(from), Der.time(until)),
                    Der.sequence(subject.toArray(byte[][]::new)),
                    keys.getPublic().getEncoded(),
                    Der.explicit(3, Der.sequence(extensions.toArray(byte[][]::new))));
            try {
                Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
                signature.initSign(signer.getPrivate());
                signature.update(content);
                byte[] der = Der.sequence(content, algorithm, Der.bitString(signature.sign(), 0));
                return new TestCertificate(
                        (X509Certificate) CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(der)),
                        keys);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
