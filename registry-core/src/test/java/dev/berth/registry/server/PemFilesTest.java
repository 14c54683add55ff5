package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys in PEM files. */
class PemFilesTest {
    @TempDir
    static Path directory;

    private static TestCertificates ec;
    private static TestCertificates rsa;

    @BeforeAll
    static void makeCertificates() throws Exception {
        ec = TestCertificates.make(directory, "EC");
        rsa = TestCertificates.make(directory, "RSA");
    }

    private static Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "x", ".pem"), content);
    }

    private static void assertServes(TestCertificates certificates, String certificate, String key) throws Exception {
        TlsOptions options = TlsOptions.pem(file(certificate), file(key));
        try (TestServer server = TestServer.start(builder -> builder.tls(options));
                SSLSocket socket = (SSLSocket) certificates
                        .clientContext()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.server().address().getPort());
                RawConnection connection = new RawConnection(socket)) {
            assertThat(connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").read().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void haveKeysInPkcs8() throws Exception {
        assertServes(ec, ec.certificatePem(), ec.keyPem());
        assertServes(rsa, rsa.certificatePem(), rsa.keyPem());
    }

    @Test
    void haveKeysInTheOlderForms() throws Exception {
        assertServes(ec, ec.certificatePem(), ec.oldKeyPem("EC PRIVATE KEY"));
        assertServes(ec, ec.certificatePem(), ec.openSslKeyPem());
        assertServes(rsa, rsa.certificatePem(), rsa.oldKeyPem("RSA PRIVATE KEY"));
    }

    @Test
    void haveOtherThingsTooAndLinesOfOtherSystems() throws Exception {
        assertServes(
                ec,
                "The certificate:\r\n" + ec.certificatePem().replace("\n", "\r\n") + rsa.certificatePem(),
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + ec.keyPem());
    }

    @Test
    void mayBeOneFile() throws Exception {
        String both = ec.keyPem() + ec.certificatePem();

        assertServes(ec, both, both);
    }

    private static void assertRefused(String certificate, String key, String... parts) throws IOException {
        Path certificates = file(certificate);
        Path keys = file(key);
        assertThatThrownBy(() -> TlsOptions.pem(certificates, keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void areRefusedWithASentenceThatSaysWhy() throws Exception {
        assertRefused("", ec.keyPem(), "no certificate");
        assertRefused(ec.certificatePem(), "", "no private key");
        assertRefused(ec.certificatePem(), ec.certificatePem(), "no private key");
        assertRefused(
                TestCertificates.pem("CERTIFICATE", new byte[] {1, 2, 3}),
                ec.keyPem(),
                "certificate that cannot be parsed");
        assertRefused(ec.certificatePem(), TestCertificates.pem("PRIVATE KEY", new byte[] {1}), "cannot be read", "EC");
        assertRefused(ec.certificatePem(), rsa.keyPem(), "cannot be read", "EC");
        assertRefused(
                ec.certificatePem(), TestCertificates.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}), "is encrypted");
        assertRefused(
                rsa.certificatePem(),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
                "is encrypted");
        assertRefused(ec.certificatePem().substring(0, 100), ec.keyPem(), "ends in the middle");
        assertRefused("-----BEGIN A-----END A-----", ec.keyPem(), "ends in the middle");
        assertRefused(ec.certificatePem(), "x".repeat(2_000_000), "too large");
    }

    @Test
    void belongTogether() throws Exception {
        TestCertificates other = TestCertificates.make(directory, "EC");

        assertRefused(ec.certificatePem(), other.keyPem(), "is not the key of");
    }

    @Test
    void existAtAll() {
        assertThatThrownBy(() -> TlsOptions.pem(directory.resolve("nothing"), directory.resolve("nothing")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
