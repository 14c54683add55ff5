package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for 127.0.0.1.
 *
 * @param pem the certificate
 * @param keyPem its private key, PKCS #8
 * @param trusting a context that trusts only this certificate
 */
record TestCertificate(Path pem, Path keyPem, SSLContext trusting) {
    private static final String PASSWORD = "changeit";

    /** Creates a certificate with keytool. */
    static TestCertificate make(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("keys.p12");
        ChildProcess.run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString()))
                .successful();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate("it").getEncoded();
        byte[] key = keys.getKey("it", PASSWORD.toCharArray()).getEncoded();
        return new TestCertificate(
                write(directory.resolve("cert.pem"), "CERTIFICATE", certificate),
                write(directory.resolve("key.pem"), "PRIVATE KEY", key),
                trusting(keys));
    }

    private static Path write(Path file, String what, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("it", keys.getCertificate("it"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
