package dev.berth.registry.scan.internal.key;

import dev.berth.registry.internal.pem.Der;
import dev.berth.registry.internal.pem.PemBlock;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;

/** Reads public keys in PEM form, and finds those of private keys. */
public final class PublicKeys {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final byte[] NULL = {5, 0};

    private PublicKeys() {}

    /**
     * Reads a key: that of a {@code PUBLIC KEY}, an {@code RSA PUBLIC KEY}, or a {@code CERTIFICATE}, of which nothing but the
     * key counts.
     *
     * @param holder the name of the key, for messages
     * @throws IllegalArgumentException if there is none, or it cannot be read
     */
    public static PublicKey read(String holder, String pem) {
        for (PemBlock block : PemBlock.read(holder, pem.getBytes(StandardCharsets.ISO_8859_1))) {
            switch (block.label()) {
                case "PUBLIC KEY" -> {
                    return parse(holder, block.content());
                }
                case "RSA PUBLIC KEY" -> {
                    byte[] algorithm = Der.sequence(Der.identifier(RSA), NULL);
                    return parse(holder, Der.sequence(algorithm, Der.bitString(block.content(), 0)));
                }
                case "CERTIFICATE" -> {
                    return certified(holder, block.content());
                }
                default -> {
                    // something else beside the key
                }
            }
        }
        throw new IllegalArgumentException(holder + " has no public key in PEM form");
    }

    private static PublicKey certified(String holder, byte[] certificate) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The certificate of " + holder + " cannot be read", e);
        }
    }

    private static PublicKey parse(String holder, byte[] encoded) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                // It is a key of another algorithm, or none at all.
            }
        }
        throw new IllegalArgumentException(
                "The public key of " + holder + " cannot be read: it is no key of ECDSA, RSA or Ed25519");
    }

    /**
     * Returns the public key of a private key. The JDK has no operation for it, but agreements of keys, which multiply a
     * point by the private key and give one of its coordinates. The other one has two possible values, of which one
     * verifies what the private key signs.
     *
     * @throws IllegalArgumentException if the key is none of ECDSA, RSA or Ed25519
     */
    public static PublicKey of(PrivateKey key) {
        try {
            if (key instanceof RSAPrivateCrtKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
            if (key instanceof ECPrivateKey ec && ec.getParams().getCurve().getField() instanceof ECFieldFp field) {
                return ofEcdsa(ec, field.getP());
            }
            if (key instanceof EdECPrivateKey ed
                    && ed.getBytes().map(seed -> seed.length == 32).orElse(false)) {
                return ofEd25519(ed, ed.getBytes().orElseThrow());
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The private key cannot be used", e);
        }
        throw new IllegalArgumentException("The private key is none of ECDSA, RSA or Ed25519");
    }

    private static PublicKey ofEcdsa(ECPrivateKey key, BigInteger prime) throws GeneralSecurityException {
        ECParameterSpec curve = key.getParams();
        KeyFactory factory = KeyFactory.getInstance("EC");
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        agreement.doPhase(factory.generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
        BigInteger x = new BigInteger(1, agreement.generateSecret());
        BigInteger square = x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB())
                .mod(prime);
        // The primes of the curves that the JDK has leave 3 when they are divided by 4.
        BigInteger y = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
        PublicKey candidate = factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
        return isPair(key, candidate, "SHA256withECDSA")
                ? candidate
                : (ECPublicKey) factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, prime.subtract(y)), curve));
    }

    /** Uses that Ed25519 and X25519 have the same curve in two forms: y = (u - 1) / (u + 1). */
    private static PublicKey ofEd25519(EdECPrivateKey key, byte[] seed) throws GeneralSecurityException {
        byte[] scalar = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), 32);
        KeyFactory montgomery = KeyFactory.getInstance("X25519");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(montgomery.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
        XECPublicKey base = (XECPublicKey)
                montgomery.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9)));
        agreement.doPhase(base, true);
        byte[] secret = agreement.generateSecret();
        byte[] bigEndian = new byte[secret.length];
        for (int i = 0; i < secret.length; i++) {
            bigEndian[i] = secret[secret.length - 1 - i];
        }
        BigInteger prime = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        BigInteger u = new BigInteger(1, bigEndian);
        BigInteger y = u.subtract(BigInteger.ONE)
                .multiply(u.add(BigInteger.ONE).modInverse(prime))
                .mod(prime);
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        PublicKey candidate =
                factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(false, y)));
        return isPair(key, candidate, "Ed25519")
                ? candidate
                : factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(true, y)));
    }

    private static boolean isPair(PrivateKey key, PublicKey candidate, String algorithm)
            throws GeneralSecurityException {
        byte[] message = {1};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(candidate);
        signature.update(message);
        return signature.verify(signed);
    }
}
