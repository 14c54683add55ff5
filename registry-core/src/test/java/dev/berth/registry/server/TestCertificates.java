package dev.berth.registry.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for 127.0.0.1, made by the JDK's keytool. */
final class TestCertificates {
    static final char[] PASSWORD = "secret".toCharArray();

    private final KeyStore keyStore;

    private TestCertificates(KeyStore keyStore) {
        this.keyStore = keyStore;
    }

    static TestCertificates make(Path directory, String algorithm) throws Exception {
        Path file = Files.createTempDirectory(directory, "certificate").resolve("server.p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-keysize",
                algorithm.equals("EC") ? "256" : "2048",
                "-dname",
                "CN=registry.test",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-validity",
                "10000",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD);
        }
        return new TestCertificates(store);
    }

    KeyStore keyStore() {
        return keyStore;
    }

    /** Returns what a client needs that trusts this certificate. */
    SSLContext clientContext() throws GeneralSecurityException, IOException {
        return clientContext(null);
    }

    /** Returns what a client needs that trusts this certificate and presents another one. */
    SSLContext clientContext(TestCertificates own) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keyStore.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : own.keyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyManager[] keyManagers() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore, PASSWORD);
        return keys.getKeyManagers();
    }

    X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) keyStore.getCertificate("server");
    }

    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", keyStore.getCertificate("server").getEncoded());
    }

    String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", key());
    }

    /** Returns the key in the form that it had before PKCS #8: what that wraps in its last element. */
    String oldKeyPem(String label) throws GeneralSecurityException {
        byte[] wrapped = key();
        int position = contentOf(wrapped, 0);
        position = endOf(wrapped, position);
        position = endOf(wrapped, position);
        return pem(label, Arrays.copyOfRange(wrapped, contentOf(wrapped, position), endOf(wrapped, position)));
    }

    /** Returns an EC key as OpenSSL writes it before PKCS #8: the public key stands in it as well. */
    String openSslKeyPem() throws GeneralSecurityException {
        byte[] spki = keyStore.getCertificate("server").getPublicKey().getEncoded();
        byte[] publicBits = Arrays.copyOfRange(spki, endOf(spki, contentOf(spki, 0)), spki.length);
        byte[] wrapped = key();
        int inner = contentOf(wrapped, endOf(wrapped, endOf(wrapped, contentOf(wrapped, 0))));
        byte[] privateFields = Arrays.copyOfRange(wrapped, contentOf(wrapped, inner), endOf(wrapped, inner));
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        key.writeBytes(new byte[] {0x30, (byte) (privateFields.length + 2 + publicBits.length)});
        key.writeBytes(privateFields);
        key.writeBytes(new byte[] {(byte) 0xa1, (byte) publicBits.length});
        key.writeBytes(publicBits);
        return pem("EC PRIVATE KEY", key.toByteArray());
    }

    private byte[] key() throws GeneralSecurityException {
        return keyStore.getKey("server", PASSWORD).getEncoded();
    }

    private static int contentOf(byte[] der, int position) {
        int length = der[position + 1] & 0xff;
        return position + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    private static int endOf(byte[] der, int position) {
        int content = contentOf(der, position);
        int length = der[position + 1] & 0xff;
        if (length >= 0x80) {
            length = 0;
            for (int i = position + 2; i < content; i++) {
                length = length << 8 | der[i] & 0xff;
            }
        }
        return content + length;
    }

    static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
