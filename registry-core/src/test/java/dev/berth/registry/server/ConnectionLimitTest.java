package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** More connections than there may be. */
class ConnectionLimitTest {
    private static final String PING = "GET /v2/ HTTP/1.1\nHost: x\n\n";

    private static void assertTurnedAway(RawConnection connection) throws Exception {
        RawResponse response = connection.send(PING).read();

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.codes()).containsExactly(ErrorCode.UNAVAILABLE);
        assertThat(response.header("Retry-After")).isPresent();
        assertThat(response.header("Connection")).hasValue("close");
        assertThat(connection.readToEnd()).isEmpty();
    }

    @Test
    void refusesConnectionsAboveTheLimit() throws Exception {
        try (TestServer server = TestServer.start(builder ->
                        builder.limits(ServerLimits.builder().maxConnections(2).build()));
                RawConnection first = server.connect();
                RawConnection second = server.connect()) {
            assertThat(first.send(PING).read().status()).isEqualTo(200);
            assertThat(second.send(PING).read().status()).isEqualTo(200);
            try (RawConnection third = server.connect()) {
                assertTurnedAway(third);
            }
            first.send("GET /v2/ HTTP/1.1\nHost: x\nConnection: close\n\n").read();
            assertThat(first.readToEnd()).isEmpty();

            int status = 503;
            while (status == 503) {
                // The server counts it out a moment after the client has seen the end.
                status = server.get("/v2/").status();
            }
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void refusesConnectionsThatTheExecutorRejects() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.executor(task -> {
                    throw new RejectedExecutionException("full");
                }));
                RawConnection connection = server.connect()) {
            assertTurnedAway(connection);
        }
    }

    @Test
    void keepsServingWhenNoThreadCanBeCreated() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (TestServer server = TestServer.start(builder -> builder.limits(
                        ServerLimits.builder().maxConnections(1).build())
                .executor(task -> {
                    if (asked.getAndIncrement() < 3) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    new Thread(task).start();
                }))) {
            for (int i = 0; i < 3; i++) {
                try (RawConnection connection = server.connect()) {
                    assertTurnedAway(connection);
                }
            }
            assertThat(server.get("/v2/").status()).isEqualTo(200);
        }
    }
}
