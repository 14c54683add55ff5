package dev.berth.registry.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.internal.transport.TransportException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS with authorities of one's own, host by host. */
@Timeout(60)
final class TlsTest {
    @TempDir
    private Path directory;

    private TestAuthority authority;
    private Path authorityFile;

    @BeforeEach
    void makeAuthority() throws GeneralSecurityException, IOException {
        authority = new TestAuthority("Example authority");
        authorityFile = authority.certificateFile(directory);
    }

    private RawServer server(boolean wantsClientCertificate, String... hosts)
            throws GeneralSecurityException, IOException {
        SSLContext context = authority.issue(directory, hosts).serverContext(authority);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(wantsClientCertificate);
        return new RawServer(socket, connection -> {
            RawServer.readHead(connection);
            RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    }

    private static void assertWorks(HttpTransport transport, String address) throws IOException {
        IncomingResponse response = transport.exchange(Transports.get(address));
        assertThat(response.readAll(10))
                .hasValueSatisfying(body -> assertThat(body).hasSize(2));
    }

    private static TransportException failure(HttpTransport transport, String address) {
        TransportException failure = assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> transport.exchange(Transports.get(address)))
                .actual();
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        return failure;
    }

    @Test
    void trustsTheAuthorityThatWasNamedForTheHost() throws Exception {
        try (RawServer server = server(false, "127.0.0.1", "localhost");
                HttpTransport byHost = new Transports()
                        .trust(TlsTrust.builder()
                                .trust("localhost", authorityFile)
                                .build())
                        .create();
                HttpTransport byHostAndPort = new Transports()
                        .trust(TlsTrust.builder()
                                .trust("127.0.0.1:" + server.port(), authorityFile)
                                .build())
                        .create()) {
            assertWorks(byHost, "https://localhost:" + server.port() + "/");
            assertWorks(byHostAndPort, "https://127.0.0.1:" + server.port() + "/");
        }
    }

    @Test
    void doesNotTrustTheAuthorityOfAHostForAnotherHost() throws Exception {
        try (RawServer server = server(false, "127.0.0.1", "localhost");
                HttpTransport transport = new Transports()
                        .trust(TlsTrust.builder()
                                .trust("localhost", authorityFile)
                                .trust("127.0.0.1:1", authorityFile)
                                .build())
                        .create()) {
            failure(transport, "https://127.0.0.1:" + server.port() + "/");
        }
    }

    @Test
    void saysWhichCertificateDoesNotVerify() throws Exception {
        try (RawServer server = server(false, "127.0.0.1");
                HttpTransport transport = new Transports().create()) {
            assertThat(failure(transport, "https://127.0.0.1:" + server.port() + "/"))
                    .hasMessageContaining("The certificate of 127.0.0.1:" + server.port())
                    .hasMessageContaining("CN=127.0.0.1")
                    .hasMessageContaining("CN=Example authority")
                    .hasMessageContaining("fingerprint")
                    .hasMessageContaining("trust the authority");
        }
    }

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
        try (RawServer server = server(false, "elsewhere.example");
                HttpTransport transport = new Transports()
                        .trust(TlsTrust.builder()
                                .trust("localhost", authorityFile)
                                .build())
                        .create()) {
            assertThat(failure(transport, "https://localhost:" + server.port() + "/"))
                    .hasMessageContaining("CN=elsewhere.example");
        }
    }

    @Test
    void tellsByACertificateWhoIsThere() throws Exception {
        TestAuthority.Identity me = authority.issue(directory, "me");
        try (RawServer server = server(true, "localhost");
                HttpTransport known = new Transports()
                        .trust(TlsTrust.builder()
                                .trust("localhost", authorityFile)
                                .clientCertificate("localhost", me.certificateFile(), me.keyFile())
                                .build())
                        .create();
                HttpTransport unknown = new Transports()
                        .trust(TlsTrust.builder()
                                .trust("localhost", authorityFile)
                                .build())
                        .create()) {
            assertWorks(known, "https://localhost:" + server.port() + "/");
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> unknown.exchange(Transports.get("https://localhost:" + server.port() + "/")));
        }
    }

    @Test
    void saysThatTheServerDoesNotSpeakTls() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    connection.getInputStream().read(new byte[1000]);
                    RawServer.send(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");
                });
                HttpTransport transport = new Transports().create()) {
            assertThat(failure(transport, "https://" + server.address() + "/"))
                    .hasMessageContaining(server.address() + " does not speak TLS");
        }
    }

    @Test
    void canTryAgainWhenTheConnectionBreaksInTheHandshake() throws Exception {
        try (RawServer server =
                        new RawServer(connection -> connection.getInputStream().read(new byte[1000]));
                HttpTransport transport = new Transports().create()) {
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("https://" + server.address() + "/")))
                    .matches(TransportException::isTransient);
        }
    }

    @Test
    void saysWhichFileHoldsNoCertificate() throws IOException {
        Path file = Files.writeString(directory.resolve("not.pem"), "hello");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTrust.builder().trust("localhost", file))
                .withMessageContaining("not.pem");
    }
}
