package dev.berth.registry.scan.signature;

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
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A certificate for signatures of Notation, and its key. */
public record TestCertificate(X509Certificate certificate, KeyPair keys) {
    static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2045-01-01T00:00:00Z");
    private static final Map<String, String> TYPES =
            Map.of("CN", "2.5.4.3", "O", "2.5.4.10", "OU", "2.5.4.11", "C", "2.5.4.6", "ST", "2.5.4.8");

    /** Returns an authority. */
    public static TestCertificate root(String name) {
        return new Maker(name).authority(-1).selfSigned();
    }

    /** Returns a certificate that may sign images, of this authority. */
    public static TestCertificate leaf(TestCertificate issuer) {
        return new Maker("release").signedBy(issuer);
    }

    public SigningKey signingKey() {
        return SigningKey.of(keys.getPrivate());
    }

    String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String keyPem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** Returns a list of what this authority revoked. */
    X509CRL revoking(Instant from, Instant until, X509Certificate... revoked) {
        List<byte[]> entries = new ArrayList<>();
        for (X509Certificate entry : revoked) {
            entries.add(Der.sequence(Der.integer(entry.getSerialNumber()), Der.time(from)));
        }
        List<byte[]> parts = new ArrayList<>(List.of(
                Der.integer(BigInteger.ONE),
                algorithm(keys),
                certificate.getSubjectX500Principal().getEncoded(),
                Der.time(from),
                Der.time(until)));
        if (!entries.isEmpty()) {
            parts.add(Der.sequence(entries.toArray(byte[][]::new)));
        }
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509")
                    .generateCRL(new ByteArrayInputStream(signed(Der.sequence(parts.toArray(byte[][]::new)), keys)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] algorithm(KeyPair signer) {
        return Der.sequence(Der.identifier(
                signer.getPublic().getAlgorithm().equals("RSA") ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.2"));
    }

    private static byte[] signed(byte[] content, KeyPair signer) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                signer.getPublic().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(signer.getPrivate());
        signature.update(content);
        return Der.sequence(content, algorithm(signer), Der.bitString(signature.sign(), 0));
    }

    static KeyPair newKeys(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.startsWith("secp") ? "EC" : "RSA");
            if (kind.startsWith("secp")) {
                generator.initialize(new ECGenParameterSpec(kind));
            } else {
                generator.initialize(Integer.parseInt(kind));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes certificates: for signatures of images, unless told otherwise. */
    static final class Maker {
        private final List<byte[]> subject = new ArrayList<>();
        private final List<byte[]> more = new ArrayList<>();
        private KeyPair keys = newKeys("secp256r1");
        private Instant from = FROM;
        private Instant until = UNTIL;
        private boolean authority;
        private int pathLength = -1;
        private @Nullable List<Integer> usage = List.of(0);
        private boolean usageCritical = true;

        Maker(String name) {
            name("C", "US").name("ST", "WA").name("O", "Example").name("CN", name);
        }

        Maker name(String type, String value) {
            subject.add(Der.set(Der.sequence(Der.identifier(TYPES.getOrDefault(type, type)), Der.utf8(value))));
            return this;
        }

        Maker keys(KeyPair newKeys) {
            keys = newKeys;
            return this;
        }

        Maker valid(Instant newFrom, Instant newUntil) {
            from = newFrom;
            until = newUntil;
            return this;
        }

        Maker authority(int newPathLength) {
            authority = true;
            pathLength = newPathLength;
            usage = List.of(5, 6);
            return this;
        }

        Maker usage(Integer... bits) {
            usage = List.of(bits);
            return this;
        }

        Maker withoutUsage() {
            usage = null;
            return this;
        }

        Maker usageNotCritical() {
            usageCritical = false;
            return this;
        }

        Maker purpose(String identifier) {
            return extension("2.5.29.37", false, Der.sequence(Der.identifier(identifier)));
        }

        /** Says where its issuer tells what it revoked. */
        Maker revocable() {
            byte[] uri = Der.implicit(6, "http://crl.example/list".getBytes(StandardCharsets.US_ASCII));
            return extension("2.5.29.31", false, Der.sequence(Der.sequence(Der.explicit(0, Der.explicit(0, uri)))));
        }

        Maker extension(String identifier, boolean critical, byte[] value) {
            more.add(
                    critical
                            ? Der.sequence(Der.identifier(identifier), Der.bool(true), Der.octetString(value))
                            : Der.sequence(Der.identifier(identifier), Der.octetString(value)));
            return this;
        }

        TestCertificate selfSigned() {
            return make(Der.sequence(subject.toArray(byte[][]::new)), keys);
        }

        TestCertificate signedBy(TestCertificate issuer) {
            return make(issuer.certificate.getSubjectX500Principal().getEncoded(), issuer.keys);
        }

        private TestCertificate make(byte[] issuer, KeyPair signer) {
            if (authority) {
                extension(
                        "2.5.29.19",
                        true,
                        pathLength < 0
                                ? Der.sequence(Der.bool(true))
                                : Der.sequence(Der.bool(true), Der.integer(BigInteger.valueOf(pathLength))));
            }
            if (usage != null) {
                int bits = usage.stream().mapToInt(bit -> 0x80 >> bit).sum();
                extension(
                        "2.5.29.15",
                        usageCritical,
                        Der.bitString(new byte[] {(byte) bits}, Integer.numberOfTrailingZeros(bits)));
            }
            byte[] content = Der.sequence(
                    Der.explicit(0, Der.integer(BigInteger.TWO)),
                    Der.integer(new BigInteger(100, new SecureRandom()).setBit(100)),
                    algorithm(signer),
                    issuer,
                    Der.sequence(Der.time(from), Der.time(until)),
                    Der.sequence(subject.toArray(byte[][]::new)),
                    keys.getPublic().getEncoded(),
                    Der.explicit(3, Der.sequence(more.toArray(byte[][]::new))));
            try {
                return new TestCertificate(
                        (X509Certificate) CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(signed(content, signer))),
                        keys);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
