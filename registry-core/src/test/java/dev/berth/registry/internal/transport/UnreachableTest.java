package dev.berth.registry.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.internal.transport.TransportException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses at which there is no server, or none of the right kind. */
@Timeout(60)
final class UnreachableTest {

    private static TransportException failure(HttpTransport transport, String address) {
        TransportException failure = assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> transport.exchange(Transports.get(address)))
                .actual();
        assertThat(transport.connectionsInUse()).isZero();
        return failure;
    }

    @Test
    void saysThatANameDoesNotResolve() {
        try (HttpTransport transport = new Transports().create()) {
            TransportException failure = failure(transport, "http://no-such-host.invalid/");

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("no-such-host.invalid").hasMessageContaining("does not resolve");
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        // A port that is taken, so that nobody else can listen there, but at which nobody listens.
        try (Socket taken = new Socket();
                HttpTransport transport = new Transports().create()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = taken.getLocalPort();
            TransportException failure = failure(transport, "http://127.0.0.1:" + port + "/");

            assertThat(failure.kind()).isEqualTo(Kind.NOT_CONNECTED);
            assertThat(failure.isTransient()).isTrue();
            assertThat(failure.isUnsent()).isTrue();
            assertThat(failure).hasMessageContaining("Nothing accepts connections at http://127.0.0.1:" + port);
        }
    }

    @Test
    void saysThatTheAnswerIsNotHttp() {
        Cases.of("SSH-2.0-OpenSSH_9.2p1\r\n", "\u0000\u0001\u0002\r\n\r\n", "HTTP/1.1 abc\r\n\r\n")
                .check(answer -> {
                    try (RawServer server = new RawServer(connection -> {
                                RawServer.readHead(connection);
                                RawServer.send(connection, answer.repeat(20));
                            });
                            HttpTransport transport = new Transports().create()) {
                        TransportException failure = failure(transport, "http://" + server.address() + "/");

                        assertThat(failure.kind()).isEqualTo(Kind.NOT_HTTP);
                        assertThat(failure).hasMessageContaining("registry");
                    }
                });
    }

    @Test
    void saysThatTheAnswerIsNotAsHttpHasIt() {
        Cases.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                        "HTTP/2.0 200 OK\r\n\r\n",
                        "HTTP/1.1 101 Other\r\nUpgrade: h2c\r\n\r\n")
                .check(answer -> {
                    try (RawServer server = new RawServer(connection -> {
                                RawServer.readHead(connection);
                                RawServer.send(connection, answer);
                            });
                            HttpTransport transport = new Transports().create()) {
                        TransportException failure = failure(transport, "http://" + server.address() + "/");

                        assertThat(failure.kind()).isEqualTo(Kind.NOT_HTTP);
                        assertThat(failure.isTransient()).isFalse();
                        assertThat(failure)
                                .hasMessageContaining(server.address())
                                .hasMessageContaining("registry");
                        assertThat(transport.connectionsInUse()).isZero();
                    }
                });
    }

    @Test
    void refusesHeadersWithoutEnd() throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    RawServer.readHead(connection);
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\n");
                    while (true) {
                        RawServer.send(connection, "X: y\r\n".repeat(1000));
                    }
                });
                HttpTransport transport = new Transports().create()) {
            failure(transport, "http://" + server.address() + "/");
        }
    }

    @Test
    void refusesAHeaderWithoutEnd() throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    RawServer.readHead(connection);
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\nX: ");
                    while (true) {
                        RawServer.send(connection, "y".repeat(10000));
                    }
                });
                HttpTransport transport = new Transports().create()) {
            failure(transport, "http://" + server.address() + "/");
        }
    }

    @Test
    void canTryAgainWhenTheConnectionBreaksBeforeTheAnswer() {
        Cases.of(
                        "",
                        "HTTP/1",
                        "HTTP/1.1 200 OK\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Le",
                        "HTTP/1.1 200 OK\r\nContent-Length: 0",
                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
                        "HTTP/1.1 100 Continue\r\n\r\n")
                .check(part -> {
                    try (RawServer server = new RawServer(connection -> {
                                RawServer.readHead(connection);
                                RawServer.send(connection, part);
                            });
                            HttpTransport transport = new Transports().create()) {
                        TransportException failure = failure(transport, "http://" + server.address() + "/");

                        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
                        assertThat(failure.isUnsent()).isFalse();
                    }
                });
    }

    @Test
    void noticesABodyThatIsCutOff() throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    RawServer.readHead(connection);
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                });
                HttpTransport transport = new Transports().create()) {
            IncomingResponse response = transport.exchange(Transports.get("http://" + server.address() + "/"));

            assertThatExceptionOfType(TransportException.class).isThrownBy(() -> response.readAll(100));
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void doesNotReadMoreThanTheLimit() throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    RawServer.readHead(connection);
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    while (true) {
                        RawServer.send(connection, "5\r\nabcde\r\n");
                    }
                });
                HttpTransport transport = new Transports().create()) {
            IncomingResponse response = transport.exchange(Transports.get("http://" + server.address() + "/"));

            assertThat(response.readAll(1000)).isEmpty();
            assertThat(transport.connectionsInUse()).isZero();
        }
    }
}
