package dev.berth.registry.internal.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Certificates and keys in PEM files (RFC 7468, and the older forms that OpenSSL writes). */
public final class PemFiles {
    private static final int LARGEST_FILE = 1024 * 1024;

    private PemFiles() {}

    /**
     * Returns a key store with a certificate chain and its private key.
     *
     * @param certificates the file with the certificate of the key, followed by its intermediate certificates
     * @param key the file with the private key, not encrypted: PKCS #8, PKCS #1 (RSA) or SEC 1 (EC)
     * @param password the password of the key in the key store
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the content of a file is not valid; the message names the file and the reason
     */
    public static KeyStore keyStore(Path certificates, Path key, char[] password) throws IOException {
        List<Certificate> chain = certificates(certificates);
        PrivateKey privateKey = privateKey(key, chain.get(0).getPublicKey());
        requirePair(privateKey, chain.get(0).getPublicKey(), certificates, key);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("own", privateKey, password, chain.toArray(new Certificate[0]));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Certificate and key cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the certificates of a file, in the order of the file.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the file has no certificate, or one that cannot be parsed
     */
    public static List<Certificate> certificates(Path file) throws IOException {
        return certificates(file, read(file));
    }

    /**
     * Returns the certificates of a file that was read before, in the order of the file.
     *
     * @param file the file, for messages
     * @param content what was read
     * @throws IllegalArgumentException if the file has no certificate, or one that cannot be parsed
     */
    public static List<Certificate> certificates(Path file, byte[] content) {
        List<Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlock block : blocks(file, content)) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add(factory.generateCertificate(new ByteArrayInputStream(block.content())));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The file " + file + " has a certificate that cannot be parsed", e);
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("The file " + file + " has no certificate in PEM form");
        }
        return chain;
    }

    private static PrivateKey privateKey(Path file, PublicKey certified) throws IOException {
        for (PemBlock block : blocks(file, read(file))) {
            byte[] pkcs8 = switch (block.label()) {
                case "PRIVATE KEY" -> block.content();
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> block.pkcs8(algorithm(certified));
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException(
                            "The key in " + file + " is encrypted: decrypt it, for example with openssl pkey");
                default -> null;
            };
            if (pkcs8 != null) {
                return parse(file, certified.getAlgorithm(), pkcs8);
            }
        }
        throw new IllegalArgumentException("The file " + file + " has no private key in PEM form");
    }

    private static PrivateKey parse(Path file, String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The private key in " + file + " cannot be read as the key of its certificate, of the kind "
                            + algorithm,
                    e);
        }
    }

    private static void requirePair(PrivateKey key, PublicKey certified, Path certificates, Path keyFile) {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        byte[] message = "berth".getBytes(StandardCharsets.US_ASCII);
        boolean pair;
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(message);
            pair = signature.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The certificate in " + certificates + " or the key in " + keyFile + " cannot be used", e);
        }
        if (!pair) {
            throw new IllegalArgumentException("The key in " + keyFile
                    + " is not the key of the first certificate in " + certificates
                    + "; the server's own certificate must come first");
        }
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IllegalArgumentException("The file " + file + " is too large for certificates or a key");
        }
        return Files.readAllBytes(file);
    }

    private static List<PemBlock> blocks(Path file, byte[] content) {
        return PemBlock.read("The file " + file, content);
    }

    /**
     * Returns the AlgorithmIdentifier of a public key, the first element of its SubjectPublicKeyInfo. It is that of the
     * private key too, whose older forms lack it.
     */
    private static byte[] algorithm(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int begin = contentBegin(encoded, 0);
        return Arrays.copyOfRange(encoded, begin, contentEnd(encoded, begin));
    }

    /** Returns where the content of an element of DER begins. */
    private static int contentBegin(byte[] der, int element) {
        int length = der[element + 1] & 0xff;
        return element + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    /** Returns where an element of DER ends. */
    private static int contentEnd(byte[] der, int element) {
        int begin = contentBegin(der, element);
        int length = der[element + 1];
        if (begin > element + 2) {
            length = new BigInteger(1, Arrays.copyOfRange(der, element + 2, begin)).intValueExact();
        }
        return begin + length;
    }
}
