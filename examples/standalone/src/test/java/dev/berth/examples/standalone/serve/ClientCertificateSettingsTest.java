package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.configuration.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code http.tls.clientcas}, clients have certificates; with {@code auth.certificate}, these say who they are. */
class ClientCertificateSettingsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** The common name of the test's certificates. */
    private static final String NAME = "127.0.0.1";

    @TempDir
    static Path directory;

    private static TestCertificate server;
    private static SSLContext withCertificate;

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = TestCertificate.make(directory);
        withCertificate = withCertificate(directory.resolve("keys.p12"), server.pem());
    }

    private static SSLContext withCertificate(Path keyStore, Path trusted) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        try (InputStream stored = Files.newInputStream(keyStore);
                InputStream pem = Files.newInputStream(trusted)) {
            keys.load(stored, PASSWORD);
            authorities.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static String tls(String more) {
        return "http: {tls: {certificate: %s, key: %s, clientcas: [%s]%s}}\n"
                .formatted(server.pem(), server.keyPem(), server.pem(), more);
    }

    private static AccessServer server(String yaml, SSLContext client) throws IOException {
        return AccessServer.overTls(directory.resolve("config.yml"), yaml, client);
    }

    @Test
    void clientsWithoutCertificateCannotConnect() throws IOException {
        try (AccessServer open = server(tls(""), withCertificate)) {
            assertThat(open.status("GET", "/v2/")).isEqualTo(200);
        }
        try (AccessServer open = server(tls(""), server.trusting())) {
            assertThatThrownBy(() -> open.status("GET", "/v2/")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void aCertificateIsAnAccount() throws IOException {
        String yaml = tls(", clientauth: verify-client-cert-if-given")
                + "auth: {certificate: {}}\n"
                + "access: {accounts: false, grants: [{to: '" + NAME + "', repositories: 'dev/**', role: writer}]}";

        try (AccessServer closed = server(yaml, withCertificate)) {
            assertThat(closed.status("POST", "/v2/dev/app/blobs/uploads/")).isEqualTo(202);
            assertThat(closed.status("POST", "/v2/acme/app/blobs/uploads/")).isEqualTo(403);
        }
        try (AccessServer closed = server(yaml, server.trusting())) {
            assertThat(closed.status("POST", "/v2/dev/app/blobs/uploads/")).isEqualTo(401);
        }
    }

    @Test
    void withoutAuthCertificateACertificateIsNobody() throws IOException {
        String yaml =
                tls("") + "access: {accounts: false, grants: [{to: '" + NAME + "', repositories: '**', role: writer}]}";

        try (AccessServer closed = server(yaml, withCertificate)) {
            assertThat(closed.status("POST", "/v2/dev/app/blobs/uploads/")).isEqualTo(401);
        }
    }

    @Test
    void filesWithoutAuthoritiesEndTheProgram() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path wrong = Files.writeString(directory.resolve("wrong.pem"), "no certificate");

        for (Path file : List.of(empty, wrong, directory.resolve("missing.pem"))) {
            assertThatThrownBy(() -> ServerTls.of(
                            new Settings.Tls(server.pem(), server.keyPem(), List.of(server.pem(), file), true)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("http.tls.clientcas", file.toString());
        }
    }
}
