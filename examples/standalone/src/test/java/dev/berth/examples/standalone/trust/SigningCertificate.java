package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of its own for signatures of Notation, and a directory that trusts it.
 *
 * @param certificate the certificate in PEM form
 * @param key its private key, PKCS #8
 */
record SigningCertificate(Path certificate, Path key) {
    private static final String PASSWORD = "changeit";

    /** Makes a certificate with keytool. */
    static SigningCertificate make(Path directory, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve(name + ".p12");
        ChildProcess.run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "signing",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "1000",
                        "-dname",
                        "CN=" + name + ",O=Example,ST=WA,C=US",
                        "-ext",
                        "KeyUsage:critical=digitalSignature",
                        "-ext",
                        "ExtendedKeyUsage=codeSigning",
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
        return new SigningCertificate(
                write(
                        directory.resolve(name + "-cert.pem"),
                        "CERTIFICATE",
                        keys.getCertificate("signing").getEncoded()),
                write(
                        directory.resolve(name + "-key.pem"),
                        "PRIVATE KEY",
                        keys.getKey("signing", PASSWORD.toCharArray()).getEncoded()));
    }

    private static Path write(Path file, String what, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }

    /** Writes a directory as notation has it, which trusts this certificate for some repositories. */
    Path trustedIn(Path directory, String scope) throws IOException {
        Path store = Files.createDirectories(directory.resolve("truststore/x509/ca/example"));
        Files.copy(certificate, store.resolve("root.pem"));
        Files.writeString(directory.resolve("trustpolicy.oci.json"), """
                {"version": "1.0", "trustPolicies": [{
                  "name": "release", "registryScopes": ["%s"],
                  "signatureVerification": {"level": "strict"},
                  "trustStores": ["ca:example"], "trustedIdentities": ["*"]}]}
                """.formatted(scope));
        return directory;
    }
}
