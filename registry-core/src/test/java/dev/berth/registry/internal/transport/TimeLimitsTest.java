package dev.berth.registry.internal.transport;

import static dev.berth.registry.client.fixtures.RawServer.readHead;
import static dev.berth.registry.client.fixtures.RawServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.internal.transport.TransportException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every wait for another machine has an end. */
@Timeout(60)
final class TimeLimitsTest {
    private final CountDownLatch testIsOver = new CountDownLatch(1);

    private RawServer server(RawServer.Script script) throws IOException {
        return new RawServer(connection -> {
            script.run(connection);
            testIsOver.await();
        });
    }

    @Test
    void endsWhenNoResponseBegins() throws Exception {
        try (RawServer server = server(connection -> readHead(connection));
                HttpTransport transport =
                        new Transports().firstByte(Duration.ofMillis(100)).create()) {
            TransportException failure = assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("http://" + server.address() + "/")))
                    .actual();

            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(failure).hasMessageContaining(server.address()).hasMessageContaining("100 ms");
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void endsWhenABodyStandsStillAlthoughTheResponseMayTakeItsTime() throws Exception {
        try (RawServer server = server(connection -> {
                    readHead(connection);
                    send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                });
                HttpTransport transport =
                        new Transports().stall(Duration.ofMillis(100)).create()) {
            IncomingResponse response = transport.exchange(Transports.get("http://" + server.address() + "/"));

            TransportException failure = assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> response.readAll(100))
                    .actual();

            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(failure).hasMessageContaining("stalled for 100 ms");
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void endsWhenTheServerTakesNoMoreOfABody() throws Exception {
        try (RawServer server = server(connection -> readHead(connection));
                HttpTransport transport =
                        new Transports().stall(Duration.ofMillis(100)).create()) {
            TransportException failure = assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() ->
                            transport.exchange(Transports.put("http://" + server.address() + "/", new EndlessBody())))
                    .actual();

            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(failure).hasMessageContaining("stalled");
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void doesNotCountTheTimeThatTheSourceOfABodyTakes() throws Exception {
        CountDownLatch somethingArrived = new CountDownLatch(1);
        try (RawServer server = server(connection -> {
                    readHead(connection);
                    connection.getInputStream().readNBytes(3);
                    somethingArrived.countDown();
                    connection.getInputStream().readNBytes(3);
                    send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
                HttpTransport transport =
                        new Transports().stall(Duration.ofMillis(20)).create()) {
            OutgoingBody slow = new OutgoingBody() {
                @Override
                public long length() {
                    return 6;
                }

                @Override
                public void writeTo(OutputStream output) throws IOException {
                    output.write(new byte[3]);
                    output.flush();
                    try {
                        somethingArrived.await();
                        // Longer than the limit, on purpose, and nothing depends on how much.
                        new CountDownLatch(1).await(200, java.util.concurrent.TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        throw new BodyFailedException(e);
                    }
                    output.write(new byte[3]);
                }
            };

            IncomingResponse response = transport.exchange(Transports.put("http://" + server.address() + "/", slow));

            assertThat(response.status()).isEqualTo(200);
            response.discard(0);
        }
    }

    @Test
    void endsWhenAllConnectionsStayInUse() throws Exception {
        try (RawServer server = server(connection -> {
                    readHead(connection);
                    send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
                });
                HttpTransport transport = new Transports()
                        .connections(1)
                        .lease(Duration.ofMillis(50))
                        .create();
                IncomingResponse held = transport.exchange(Transports.get("http://" + server.address() + "/"))) {
            TransportException failure = assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("http://" + server.address() + "/")))
                    .actual();

            assertThat(failure).hasMessageContaining("All 1 connections").hasMessageContaining("were in use");
            assertThat(failure.isUnsent()).isTrue();
            assertThat(held.status()).isEqualTo(200);
        }
    }

    /** Never ends, so that it fills every buffer on the way. */
    static final class EndlessBody implements OutgoingBody {
        @Override
        public long length() {
            return UNKNOWN;
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            while (true) {
                output.write(new byte[64 * 1024]);
            }
        }
    }
}
