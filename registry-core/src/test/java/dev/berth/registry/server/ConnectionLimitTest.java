package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** More connections than there may be. */
class ConnectionLimitTest {
    private static final String PING = "GET /v2/ HTTP/1.1\nHost: x\n\n";
    private static final byte[] BLOB = "hi".getBytes(StandardCharsets.US_ASCII);

    private static void assertTurnedAway(RawConnection connection) throws Exception {
        RawResponse response = connection.send(PING).read();

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.codes()).containsExactly(ErrorCode.UNAVAILABLE);
        assertThat(response.header("Retry-After")).isPresent();
        assertThat(response.header("Connection")).hasValue("close");
        assertThat(connection.readToEnd()).isEmpty();
    }

    private static TestServer start(ServerLimits.Builder limits) throws Exception {
        return TestServer.start(builder -> builder.limits(limits.build()));
    }

    private static void assertServed(RawConnection connection) throws Exception {
        assertThat(connection.send(PING).read().status()).isEqualTo(200);
    }

    /** Connects again until the server notices that others are idle: that is a moment after their clients have responses. */
    private static RawConnection connectServed(TestServer server) throws Exception {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            RawConnection connection = server.connect();
            if (connection.send(PING).read().status() == 200) {
                return connection;
            }
            connection.close();
        }
        throw new AssertionError("Nobody is served");
    }

    /** Begins a request and waits until the server has begun to serve it, so that the connection is not idle. */
    private static void beginRequest(RawConnection connection) throws Exception {
        RawResponse response = connection
                .send("POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(BLOB) + " HTTP/1.1\nHost: x\n"
                        + "Connection: close\nExpect: 100-continue\nContent-Length: " + BLOB.length + "\n\n")
                .readHead();

        assertThat(response.status()).isEqualTo(100);
    }

    private static RawResponse endRequest(RawConnection connection) throws Exception {
        return connection.sendBytes(BLOB).read();
    }

    private static RawConnection connectFrom(String address, TestServer server) throws Exception {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(server.server().address());
        return new RawConnection(socket);
    }

    @Test
    void refusesConnectionsWhileAllAreBusy() throws Exception {
        try (TestServer server = start(ServerLimits.builder().maxConnections(2).maxRequestBodies(2));
                RawConnection first = server.connect();
                RawConnection second = server.connect()) {
            assertServed(first);
            beginRequest(first);
            beginRequest(second);
            try (RawConnection third = server.connect()) {
                assertTurnedAway(third);
            }
            assertThat(endRequest(first).status()).isEqualTo(201);
            assertThat(first.readToEnd()).isEmpty();

            int status = 503;
            while (status == 503) {
                // The server counts it out a moment after the client has seen the end.
                status = server.get("/v2/").status();
            }
            assertThat(status).isEqualTo(200);
            assertThat(endRequest(second).status()).isEqualTo(201);
        }
    }

    @Test
    void endsTheConnectionThatWasIdleLongest() throws Exception {
        try (TestServer server = start(ServerLimits.builder().maxConnections(3));
                RawConnection first = server.connect();
                RawConnection second = server.connect();
                RawConnection third = server.connect()) {
            assertServed(second);
            // The server notices that a connection is idle a moment after its client has the response.
            for (int i = 0; i < 100; i++) {
                assertServed(third);
                assertServed(first);
            }

            try (RawConnection fourth = server.connect()) {
                assertServed(fourth);
                assertThat(second.readToEnd()).isEmpty();
                assertServed(third);
                assertServed(first);
                assertServed(fourth);
            }
        }
    }

    @Test
    void countsAConnectionThatSentNothingAsIdle() throws Exception {
        try (TestServer server = start(ServerLimits.builder().maxConnections(2));
                RawConnection silent = server.connect();
                RawConnection used = server.connect()) {
            assertServed(used);

            try (RawConnection next = server.connect()) {
                assertServed(next);
                assertThat(silent.readToEnd()).isEmpty();
                assertServed(used);
            }
        }
    }

    @Test
    void doesNotEndAConnectionWhoseRequestIsOnItsWay() throws Exception {
        CountDownLatch mayRun = new CountDownLatch(1);
        // Nobody reads what the first client sends, yet it has arrived.
        try (TestServer server = TestServer.start(builder -> builder.limits(
                                ServerLimits.builder().maxConnections(1).build())
                        .executor(task -> new Thread(() -> {
                                    Uninterruptibles.awaitUninterruptibly(mayRun);
                                    task.run();
                                })
                                .start()));
                RawConnection first = server.connect()) {
            first.send(PING);
            try (RawConnection second = server.connect()) {
                assertTurnedAway(second);
            }
            mayRun.countDown();

            assertThat(first.read().status()).isEqualTo(200);
        }
    }

    @Test
    void endsAConnectionThatHasItsLastResponse() throws Exception {
        try (TestServer server = start(ServerLimits.builder().maxConnections(1));
                RawConnection refused = server.connect()) {
            refused.send("PATCH /v2/a/blobs/uploads/nothing HTTP/1.1\nHost: x\nContent-Length: 100000000\n\n");
            assertThat(refused.read().status()).isEqualTo(404);
            assertThat(refused.readToEnd())
                    .as("the server ends its side, and waits for the client")
                    .isEmpty();

            try (RawConnection next = server.connect()) {
                assertServed(next);
            }
        }
    }

    @Test
    void servesEveryoneWhileManyAreIdle() throws Exception {
        List<RawConnection> idle = new ArrayList<>();
        try (TestServer server = start(ServerLimits.builder().maxConnections(100))) {
            for (int i = 0; i < 500; i++) {
                RawConnection connection = server.connect();
                idle.add(connection);
                assertServed(connection);
            }
        } finally {
            for (RawConnection connection : idle) {
                connection.close();
            }
        }
    }

    @Test
    void refusesConnectionsOfAnAddressThatHasEnough() throws Exception {
        try (TestServer server = start(ServerLimits.builder().maxConnectionsPerAddress(2));
                RawConnection first = server.connect();
                RawConnection second = server.connect()) {
            beginRequest(first);
            beginRequest(second);
            try (RawConnection third = server.connect()) {
                assertTurnedAway(third);
            }
            try (RawConnection other = connectFrom("127.0.0.2", server)) {
                assertServed(other);
            }
            assertThat(endRequest(first).status()).isEqualTo(201);
        }
    }

    @Test
    void endsIdleConnectionsOfTheSameAddressOnly() throws Exception {
        try (TestServer server = start(ServerLimits.builder().maxConnectionsPerAddress(1));
                RawConnection other = connectFrom("127.0.0.2", server);
                RawConnection first = server.connect()) {
            assertServed(other);
            assertServed(first);

            try (RawConnection second = connectServed(server)) {
                assertThat(first.readToEnd()).isEmpty();
                assertServed(second);
                assertServed(other);
            }
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
