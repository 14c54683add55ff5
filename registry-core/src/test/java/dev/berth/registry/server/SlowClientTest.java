package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time do not keep a connection for as long as they like. */
class SlowClientTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final CompletableFuture<ServerExchange> observed = new CompletableFuture<>();
    private TestServer server;

    private void start(ServerLimits.Builder limits) throws IOException {
        server = TestServer.start(builder -> builder.limits(limits.build()).observer(observed::complete));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isDisconnectedWhenItSaysNothing() throws Exception {
        start(ServerLimits.builder().headerTimeout(SHORT));
        try (RawConnection connection = server.connect()) {
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void isDisconnectedWhenItsHeadersTakeTooLong() throws Exception {
        start(ServerLimits.builder().headerTimeout(SHORT));
        try (RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1\nHost: x\n");
            // It goes on and on, a little at a time; that does not give it more time.
            assertThatThrownBy(() -> {
                        while (true) {
                            connection.send("X: y\n");
                            awaitNothing(connection);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    /** Waits a little for a response that does not come. */
    private static void awaitNothing(RawConnection connection) throws IOException {
        connection.socket().setSoTimeout(20);
        try {
            int read = connection.socket().getInputStream().read();
            throw new IOException("The server has ended the connection, or said " + read);
        } catch (java.net.SocketTimeoutException e) {
            connection.socket().setSoTimeout(30_000);
        }
    }

    @Test
    void isDisconnectedWhenItHasNothingMoreToAsk() throws Exception {
        start(ServerLimits.builder().idleTimeout(SHORT));
        try (RawConnection connection = server.connect()) {
            assertThat(connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").read().status())
                    .isEqualTo(200);

            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void isDisconnectedWhenItDoesNotSendItsBody() throws Exception {
        start(ServerLimits.builder().slowTransferGrace(SHORT));
        Digest digest = Digest.sha256(new byte[1000]);
        try (RawConnection connection = server.connect()) {
            connection.send(
                    "POST /v2/a/blobs/uploads/?digest=" + digest + " HTTP/1.1\nHost: x\nContent-Length: 1000\n\n");
            connection.sendBytes(new byte[999]);

            assertThat(isCutOff(connection)).isTrue();
        }
        // The client sees the end before the server is done with the request.
        assertThat(observed.get(30, TimeUnit.SECONDS).status()).isZero();
        assertThat(server.head("/v2/a/blobs/" + digest).status()).isEqualTo(404);
    }

    @Test
    void isDisconnectedWhenItDoesNotReadTheResponse() throws Exception {
        start(ServerLimits.builder().slowTransferGrace(SHORT));
        Digest digest = Samples.pushBlob(server.repository("a"), new byte[50_000_000]);
        try (RawConnection connection = server.connect()) {
            connection.send("GET /v2/a/blobs/" + digest + " HTTP/1.1\nHost: x\n\n");

            ServerExchange exchange = observed.get(30, TimeUnit.SECONDS);

            assertThat(exchange.complete()).isFalse();
            assertThat(exchange.bytesOut()).isLessThan(50_000_000);
        }
    }

    /** The end may come as an end or as a reset. */
    private static boolean isCutOff(RawConnection connection) {
        try {
            return connection.readToEnd().length == 0;
        } catch (IOException e) {
            return true;
        }
    }
}
