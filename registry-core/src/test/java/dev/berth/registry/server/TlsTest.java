package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TlsTest {
    @TempDir
    static Path directory;

    private static TestCertificates certificates;
    private static TlsOptions options;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = TestCertificates.make(directory, "EC");
        options = TlsOptions.keyStore(certificates.keyStore(), TestCertificates.PASSWORD);
    }

    private static SSLSocket connect(TestServer server, TestCertificates trusted, String... applicationProtocols)
            throws Exception {
        SSLSocket socket = (SSLSocket) trusted.clientContext()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.server().address().getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(applicationProtocols);
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Test
    void servesRequests() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.tls(options))) {
            assertThat(server.server().uri()).hasScheme("https");
            byte[] blob = Samples.bytes(1_000_000, 1);
            String path = "/v2/a/blobs/" + Samples.pushBlob(server.repository("a"), blob);
            try (RawConnection connection = new RawConnection(connect(server, certificates))) {
                for (int i = 0; i < 3; i++) {
                    assertThat(connection
                                    .send("GET " + path + " HTTP/1.1\nHost: x\n\n")
                                    .read()
                                    .body())
                            .isEqualTo(blob);
                }
                assertThat(connection
                                .send("GET /v2/ HTTP/1.1\nHost: x\nConnection: close\n\n")
                                .read()
                                .status())
                        .isEqualTo(200);
                // The end is announced: without that, a client cannot tell it from an attack.
                assertThat(connection.readToEnd()).isEmpty();
            }
        }
    }

    @Test
    void answersBeforeTheBodyOverTls() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.tls(options));
                RawConnection connection = new RawConnection(connect(server, certificates))) {
            connection.send("PUT /v2/a/manifests/1.0 HTTP/1.1\nHost: x\nContent-Length: 100000000\n\n");
            connection.sendBytes(new byte[500_000]);

            assertThat(connection.read().status()).isEqualTo(413);
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void endsAConnectionWhoseClientRenegotiates() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.tls(options));
                SSLSocket socket = connect(server, certificates)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            RawConnection connection = new RawConnection(socket);
            assertThat(connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").read().status())
                    .isEqualTo(200);
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    socket.startHandshake();
                    connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").read();
                }
            });
        }
        try (TestServer server = TestServer.start(builder -> builder.tls(options));
                SSLSocket socket = connect(server, certificates)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            RawConnection connection = new RawConnection(socket);
            for (int i = 0; i < 3; i++) {
                // Keys are only made new, which costs next to nothing.
                socket.startHandshake();
                assertThat(connection
                                .send("GET /v2/ HTTP/1.1\nHost: x\n\n")
                                .read()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void speaksOnlyHttp11() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.tls(options))) {
            try (SSLSocket socket = connect(server, certificates, "h2", "http/1.1")) {
                socket.startHandshake();
                assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
            }
            try (SSLSocket socket = connect(server, certificates, "h2")) {
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void isUnderstoodByAClientThatWouldRatherSpeakHttp2() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.tls(options))) {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(certificates.clientContext())
                    .build();

            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(server.server().uri().resolve("/v2/"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(response.body()).isEqualTo("{}");
        }
    }

    @Test
    void usesTls12OrNewer() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.tls(options))) {
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (SSLSocket socket = connect(server, certificates)) {
                    socket.setEnabledProtocols(new String[] {version});
                    socket.startHandshake();
                    assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                }
            }
        }
    }

    @Test
    void prefersTheQuickCipherOfThoseThatAreSecure() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.tls(options))) {
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (SSLSocket socket = connect(server, certificates)) {
                    socket.setEnabledProtocols(new String[] {version});
                    socket.startHandshake();
                    assertThat(socket.getSession().getCipherSuite()).endsWith("AES_128_GCM_SHA256");
                }
            }
        }
    }

    @Test
    void aClientCanContinueItsSessionOnAnotherConnection() throws Exception {
        SSLContext client = certificates.clientContext();
        try (TestServer server = TestServer.start(builder -> builder.tls(options))) {
            byte[] first = sessionOf(client, server);

            assertThat(sessionOf(client, server)).isEqualTo(first);
            assertThat(sessionOf(certificates.clientContext(), server)).isNotEqualTo(first);
        }
    }

    private static byte[] sessionOf(SSLContext client, TestServer server) throws IOException {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory()
                .createSocket("127.0.0.1", server.server().address().getPort())) {
            // With TLS 1.3 each connection has an identifier of its own.
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            return socket.getSession().getId();
        }
    }

    @Test
    void endsConnectionsThatDoNotSpeakIt() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.tls(options));
                RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n");

            byte[] response;
            try {
                response = connection.readToEnd();
            } catch (IOException e) {
                response = new byte[0];
            }
            assertThat(new String(response)).doesNotContain("HTTP");
        }
    }

    @Test
    void endsConnectionsThatDoNotFinishTheHandshake() throws Exception {
        ServerLimits limits =
                ServerLimits.builder().headerTimeout(Duration.ofMillis(200)).build();
        try (TestServer server =
                        TestServer.start(builder -> builder.tls(options).limits(limits));
                RawConnection connection = server.connect()) {
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void takesAnotherCertificateWhileItRuns() throws Exception {
        TestCertificates next = TestCertificates.make(directory, "RSA");
        AtomicReference<SSLContext> current = new AtomicReference<>(serverContext(certificates));
        try (TestServer server = TestServer.start(builder -> builder.tls(TlsOptions.of(current::get)));
                SSLSocket before = connect(server, certificates)) {
            before.startHandshake();

            current.set(serverContext(next));

            try (SSLSocket after = connect(server, next);
                    RawConnection kept = new RawConnection(before)) {
                after.startHandshake();
                assertThat(after.getSession().getPeerCertificates()[0])
                        .isEqualTo(next.keyStore().getCertificate("server"));
                assertThat(kept.send("GET /v2/ HTTP/1.1\nHost: x\n\n").read().status())
                        .isEqualTo(200);
            }
        }
    }

    private static SSLContext serverContext(TestCertificates of) throws Exception {
        javax.net.ssl.KeyManagerFactory keys = javax.net.ssl.KeyManagerFactory.getInstance("PKIX");
        keys.init(of.keyStore(), TestCertificates.PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
