package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stopping a server. */
class GracefulStopTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(builder -> builder.route(
                "/slow",
                request -> RegistryResponse.builder(200).body(new SlowBody()).build()));
    }

    @AfterEach
    void stop() {
        mayGoOn.countDown();
        server.close();
    }

    /** A body whose second half comes when the test wants it. */
    private final class SlowBody implements ResponseBody {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(200_000);
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            output.write(new byte[100_000]);
            output.flush();
            begun.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            output.write(new byte[100_000]);
        }
    }

    private void awaitRefusal() throws Exception {
        while (true) {
            try (RawConnection connection = server.connect()) {
                assertThat(connection.socket().isConnected()).isTrue();
            } catch (SocketException e) {
                // Refused, or taken by the system before the listener closed and then reset.
                return;
            }
        }
    }

    @Test
    void finishesTransfersAndAcceptsNoNewOnes() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET /slow HTTP/1.1\nHost: x\n\n");
            begun.await();
            CompletableFuture<Boolean> stopped =
                    CompletableFuture.supplyAsync(() -> server.server().stop(LONG));
            awaitRefusal();
            assertThat(stopped).isNotDone();

            mayGoOn.countDown();

            assertThat(connection.read().body()).hasSize(200_000);
            assertThat(connection.readToEnd()).isEmpty();
            assertThat(stopped.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void cutsATransferThatTakesTooLong() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET /slow HTTP/1.1\nHost: x\n\n");
            begun.await();
            CompletableFuture<Boolean> stopped =
                    CompletableFuture.supplyAsync(() -> server.server().stop(Duration.ofMillis(1)));
            assertThatThrownBy(connection::read).isInstanceOf(IOException.class);
            mayGoOn.countDown();

            assertThat(stopped.get(30, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void closesIdleConnectionsAtOnce() throws Exception {
        // They are accepted in this order: when the second one is served, the first one has left the backlog.
        try (RawConnection unused = server.connect();
                RawConnection used = server.connect()) {
            assertThat(used.send("GET /v2/ HTTP/1.1\nHost: x\n\n").read().status())
                    .isEqualTo(200);

            assertThat(server.server().stop(LONG)).isTrue();

            assertThat(used.readToEnd()).isEmpty();
            assertThat(unused.readToEnd()).isEmpty();
        }
    }

    @Test
    void isIdempotent() throws Exception {
        assertThat(server.server().stop(LONG)).isTrue();
        assertThat(server.server().stop(LONG)).isTrue();
        server.server().close();
    }

    @Test
    void worksWithoutAStart() {
        RegistryServer neverStarted = RegistryServer.builder(server.registry()).build();

        assertThat(neverStarted.stop(LONG)).isTrue();
        assertThatThrownBy(neverStarted::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(neverStarted::address).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void freesThePort() throws Exception {
        int port = server.server().address().getPort();
        server.server().close();

        try (TestServer next = TestServer.start(builder -> builder.listen("127.0.0.1", port))) {
            assertThat(next.get("/v2/").status()).isEqualTo(200);
        }
    }

    @Test
    void doesNotCloseTheRegistry() throws Exception {
        server.server().close();

        assertThat(server.registry().repositories().toList()).isEmpty();
    }
}
