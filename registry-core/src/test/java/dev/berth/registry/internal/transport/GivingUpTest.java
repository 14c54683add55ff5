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
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody waits for any more ends at once, and costs nobody else a connection. */
@Timeout(60)
final class GivingUpTest {

    private static void answerWithoutEnd(Socket connection) throws IOException {
        readHead(connection);
        send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
        byte[] bytes = new byte[64 * 1024];
        while (true) {
            connection.getOutputStream().write(bytes);
        }
    }

    @Test
    void closingAHalfReadBodyDoesNotReadTheRest() throws Exception {
        CompletableFuture<IOException> seenByServer = new CompletableFuture<>();
        try (RawServer server = new RawServer(connection -> {
                    try {
                        answerWithoutEnd(connection);
                    } catch (IOException e) {
                        seenByServer.complete(e);
                    }
                });
                HttpTransport transport = new Transports().create()) {
            IncomingResponse response = transport.exchange(Transports.get("http://" + server.address() + "/"));
            assertThat(response.read(new byte[1000], 0, 1000)).isPositive();

            response.close();
            response.close();

            assertThat(transport.connectionsInUse()).isZero();
            assertThat(seenByServer.get()).isNotNull();
        }
    }

    @Test
    void interruptingAThreadEndsItsWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    readHead(connection);
                    asked.countDown();
                    new CountDownLatch(1).await();
                });
                HttpTransport transport = new Transports().create()) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    transport.exchange(Transports.get("http://" + server.address() + "/"));
                } catch (IOException e) {
                    thrown.complete(e);
                    stillInterrupted.complete(Thread.currentThread().isInterrupted());
                }
            });
            waiting.start();
            asked.await();

            waiting.interrupt();

            assertThat(thrown.get())
                    .isInstanceOfSatisfying(
                            TransportException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED))
                    .hasMessageContaining("interrupted");
            assertThat(stillInterrupted.get()).isTrue();
            waiting.join();
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void closingFromAnotherThreadEndsARead() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    readHead(connection);
                    send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                    new CountDownLatch(1).await();
                });
                HttpTransport transport = new Transports().create()) {
            IncomingResponse response = transport.exchange(Transports.get("http://" + server.address() + "/"));
            CountDownLatch reading = new CountDownLatch(1);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    response.read(new byte[3], 0, 3);
                    reading.countDown();
                    response.read(new byte[10], 0, 10);
                } catch (IOException e) {
                    thrown.complete(e);
                }
            });
            reader.start();
            reading.await();

            response.close();

            assertThat(thrown.get())
                    .isInstanceOfSatisfying(
                            TransportException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void closingTheTransportEndsWhatIsUnderWayAndRefusesTheRest() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    readHead(connection);
                    asked.countDown();
                    new CountDownLatch(1).await();
                });
                HttpTransport transport = new Transports().create()) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    transport.exchange(Transports.get("http://" + server.address() + "/"));
                } catch (IOException e) {
                    thrown.complete(e);
                }
            });
            waiting.start();
            asked.await();

            transport.close();

            assertThat(thrown.get()).hasMessageContaining("is closed");
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("http://" + server.address() + "/")))
                    .withMessageContaining("is closed");
        }
    }

    @Test
    void usesAConnectionAgainThatWasReadToItsEnd() throws Exception {
        CompletableFuture<Integer> requests = new CompletableFuture<>();
        try (RawServer server = new RawServer(connection -> {
                    for (int i = 1; i <= 3; i++) {
                        readHead(connection);
                        send(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc");
                        if (i == 3) {
                            requests.complete(i);
                        }
                    }
                });
                HttpTransport transport = new Transports().create()) {
            for (int i = 0; i < 3; i++) {
                transport
                        .exchange(Transports.get("http://" + server.address() + "/"))
                        .discard(100);
            }

            assertThat(requests.get()).isEqualTo(3);
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    /** What comes behind a response would be taken for the next one, whatever it is. */
    @ParameterizedTest
    @ValueSource(strings = {"d", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"})
    void doesNotUseAConnectionAgainWithMoreOnItThanWasSaid(String more) throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    while (true) {
                        readHead(connection);
                        send(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc" + more);
                    }
                });
                HttpTransport transport = new Transports().create()) {
            for (int i = 0; i < 3; i++) {
                IncomingResponse response = transport.exchange(Transports.get("http://" + server.address() + "/"));

                assertThat(response.status()).isEqualTo(404);
                assertThat(response.readAll(100))
                        .hasValueSatisfying(body -> assertThat(body).asString().isEqualTo("abc"));
            }
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    /** Servers and load balancers say so before they close what nobody has used for a while. */
    @Test
    void doesNotTakeAFarewellForAnAnswer() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch said = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    readHead(connection);
                    send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    read.await();
                    send(connection, "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
                    said.countDown();
                });
                HttpTransport transport = new Transports().create()) {
            transport
                    .exchange(Transports.get("http://" + server.address() + "/"))
                    .discard(100);
            read.countDown();
            said.await();

            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("http://" + server.address() + "/")))
                    .matches(e -> e.isTransient() && e.isUnsent());
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void hearsAnAnswerThatComesBeforeABodyIsSent() throws Exception {
        try (RawServer server = new RawServer(connection -> {
                    readHead(connection);
                    connection.getInputStream().readNBytes(10);
                    send(connection, "HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nlong");
                    // Takes nothing any more, but does not close either, which could overtake the answer.
                    new CountDownLatch(1).await();
                });
                HttpTransport transport = new Transports().create()) {
            IncomingResponse response =
                    transport.exchange(Transports.put("http://" + server.address() + "/", new TricklingBody()));

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.readAll(100))
                    .hasValueSatisfying(body -> assertThat(body).hasSize(4));
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    /** Behind TLS it does not show that something has come in before it is read. */
    @Test
    void hearsAnAnswerByTlsOnceTheServerHasTakenNothingForTooLong(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("Example authority");
        ServerSocket socket = authority
                .issue(directory, "127.0.0.1")
                .serverContext(authority)
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        try (RawServer server = new RawServer(socket, connection -> {
                    readHead(connection);
                    send(connection, "HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nlong");
                    new CountDownLatch(1).await();
                });
                HttpTransport transport = new Transports()
                        .stall(Duration.ofMillis(500))
                        .trust(TlsTrust.builder()
                                .trust("127.0.0.1", authority.certificateFile(directory))
                                .build())
                        .create()) {
            IncomingResponse response =
                    transport.exchange(Transports.put("https://" + server.address() + "/", new TricklingBody()));
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.readAll(100))
                    .hasValueSatisfying(body -> assertThat(body).hasSize(4));
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    /** Has no end, but stays below what buffers on the way take, until the answer is there. */
    private static final class TricklingBody implements OutgoingBody {
        @Override
        public long length() {
            return UNKNOWN;
        }

        @Override
        public void writeTo(java.io.OutputStream output) throws IOException {
            while (true) {
                output.write(new byte[8 * 1024]);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void passesOnThatTheSourceOfABodyFailed() throws Exception {
        try (RawServer server = new RawServer(RawServer::readHead);
                HttpTransport transport = new Transports().create()) {
            IOException mine = new IOException("mine");
            OutgoingBody failing = new OutgoingBody() {
                @Override
                public long length() {
                    return 10;
                }

                @Override
                public void writeTo(java.io.OutputStream output) throws IOException {
                    throw new BodyFailedException(mine);
                }
            };

            assertThatExceptionOfType(BodyFailedException.class)
                    .isThrownBy(() -> transport.exchange(Transports.put("http://" + server.address() + "/", failing)))
                    .withCause(mine);
            assertThat(transport.connectionsInUse()).isZero();
        }
    }
}
