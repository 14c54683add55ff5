package dev.berth.registry.internal.transport;

import static dev.berth.registry.client.fixtures.RawServer.readHead;
import static dev.berth.registry.client.fixtures.RawServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.internal.transport.TransportException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that sends a byte now and then, and never comes to an end, does not hold a request for ever. */
@Timeout(60)
final class SlowResponseTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    /** Sends text as long as the client is there. */
    private static void dribble(Socket connection, String begin, String again) throws IOException {
        readHead(connection);
        send(connection, begin);
        try {
            while (true) {
                send(connection, again);
                // The pace of the server: well below every limit for a single byte.
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TransportException failure(HttpTransport transport, String address) {
        return assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> {
                    try (IncomingResponse response = transport.exchange(Transports.get(address))) {
                        response.readAll(1_000_000);
                    }
                })
                .actual();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\n"})
    void endsInTheMiddleOfAHead(String begin) throws Exception {
        try (RawServer server = new RawServer(connection -> dribble(connection, begin, "H"));
                HttpTransport transport = new Transports().firstByte(SHORT).create()) {
            TransportException failure = failure(transport, "http://" + server.address() + "/");

            assertThat(failure.kind()).isEqualTo(Kind.TOO_SLOW);
            assertThat(failure)
                    .hasMessageContaining(server.address())
                    .hasMessageContaining("did not send the whole head of its response within 400 ms");
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 199})
    void endsAfterTooManyInterimResponses(int status) throws Exception {
        try (RawServer server =
                        new RawServer(connection -> dribble(connection, "", "HTTP/1.1 " + status + " More\r\n\r\n"));
                HttpTransport transport = new Transports().interim(3).create()) {
            TransportException failure = failure(transport, "http://" + server.address() + "/");

            assertThat(failure.kind()).isEqualTo(Kind.TOO_SLOW);
            assertThat(failure).hasMessageContaining("more than 3 interim responses");
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void endsAfterTheTimeOfOneHeadWithInterimResponses() throws Exception {
        try (RawServer server =
                        new RawServer(connection -> dribble(connection, "", "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n"));
                HttpTransport transport =
                        new Transports().interim(1_000_000).firstByte(SHORT).create()) {
            assertThat(failure(transport, "http://" + server.address() + "/").kind())
                    .isEqualTo(Kind.TOO_SLOW);
        }
    }

    @Test
    void acceptsSomeInterimResponses() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    readHead(connection);
                    send(connection, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n");
                    send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                });
                HttpTransport transport = new Transports().interim(2).create();
                IncomingResponse response = transport.exchange(Transports.get("http://" + server.address() + "/"))) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.readAll(10))
                    .hasValueSatisfying(body -> assertThat(body).hasSize(2));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;ext="
            })
    void endsInTheMiddleOfAShortBody(String begin) throws Exception {
        try (RawServer server = new RawServer(connection -> dribble(connection, begin, "b"));
                HttpTransport transport = new Transports().stall(SHORT).create()) {
            TransportException failure = failure(transport, "http://" + server.address() + "/");

            assertThat(failure.kind()).isEqualTo(Kind.TOO_SLOW);
            assertThat(failure)
                    .hasMessageContaining(server.address() + " sends its response too slowly")
                    .hasMessageContaining("1024 bytes per second");
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    /** A body may take its time if it makes progress. */
    @Test
    void readsABodyThatTakesLongerThanTheTimeForNone() throws Exception {
        byte[] tick = new byte[1000];
        try (RawServer server = new RawServer(connection -> {
                    readHead(connection);
                    send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 50000\r\nConnection: close\r\n\r\n");
                    for (int i = 0; i < 50; i++) {
                        connection.getOutputStream().write(tick);
                        Thread.sleep(20);
                    }
                });
                HttpTransport transport =
                        new Transports().stall(SHORT).rate(1024).create();
                IncomingResponse response = transport.exchange(Transports.get("http://" + server.address() + "/"))) {
            assertThat(response.readAll(100_000))
                    .hasValueSatisfying(body -> assertThat(body).hasSize(50_000));
        }
    }

    /** Bytes of a TLS record are no bytes of the response yet. */
    @Test
    void endsInTheMiddleOfATlsHandshakeOrRecord(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("Example authority");
        TlsTrust trust = TlsTrust.builder()
                .trust("127.0.0.1", authority.certificateFile(directory))
                .build();
        try (RawServer server = new RawServer(
                        authority
                                .issue(directory, "127.0.0.1")
                                .serverContext(authority)
                                .getServerSocketFactory()
                                .createServerSocket(0, 10, InetAddress.getLoopbackAddress()),
                        connection -> dribble(connection, "HTTP/1.1 200 OK\r\nX: ", "H"));
                HttpTransport transport =
                        new Transports().trust(trust).firstByte(SHORT).create()) {
            assertThat(failure(transport, "https://" + server.address() + "/").kind())
                    .isEqualTo(Kind.TOO_SLOW);
        }
    }
}
