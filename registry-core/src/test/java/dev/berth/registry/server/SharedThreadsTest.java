package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Connections that share threads do not wait for each other. */
class SharedThreadsTest {
    private static final String PING = "GET /v2/ HTTP/1.1\nHost: x\n\n";
    private static final int MANY = 40;

    private static void assertServed(RawConnection connection) throws Exception {
        assertThat(connection.send(PING).read().status()).isEqualTo(200);
    }

    private static List<RawConnection> connectMany(TestServer server, int count) throws Exception {
        List<RawConnection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(server.connect());
        }
        return connections;
    }

    private static void close(List<RawConnection> connections) throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    @Test
    void areFewForManyIdleConnections() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (TestServer server =
                TestServer.start(builder -> builder.observer(exchange -> threads.add(Thread.currentThread())))) {
            List<RawConnection> connections = connectMany(server, 300);
            for (RawConnection connection : connections) {
                assertServed(connection);
            }
            RawConnection active = connections.get(150);
            for (int i = 0; i < 200; i++) {
                assertServed(active);
            }
            for (RawConnection connection : connections) {
                assertServed(connection);
            }
            close(connections);
        }
        assertThat(threads.size()).isLessThan(100);
    }

    @Test
    void serveOthersWhileHandlersWait() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (TestServer server = TestServer.start(builder -> builder.filter((request, chain) -> {
            if (request.path().equals("/v2/waits/tags/list")) {
                Uninterruptibles.awaitUninterruptibly(mayEnd);
            }
            return chain.handle(request);
        }))) {
            List<RawConnection> waiting = connectMany(server, MANY);
            for (RawConnection connection : waiting) {
                connection.send("GET /v2/waits/tags/list HTTP/1.1\nHost: x\n\n" + PING);
            }
            List<RawConnection> others = connectMany(server, MANY);
            for (RawConnection connection : others) {
                assertServed(connection);
                assertServed(connection);
            }
            mayEnd.countDown();
            for (RawConnection connection : waiting) {
                assertThat(connection.read().status()).isEqualTo(404);
                assertThat(connection.read().status()).as("the request behind").isEqualTo(200);
                assertServed(connection);
            }
            close(waiting);
            close(others);
        }
    }

    @Test
    void serveOthersWhileRequestsArriveSlowly() throws Exception {
        byte[] blob = "hello".getBytes(StandardCharsets.US_ASCII);
        String push = "POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(blob) + " HTTP/1.1\nHost: x\n";
        try (TestServer server = TestServer.start()) {
            List<RawConnection> heads = connectMany(server, MANY);
            for (RawConnection connection : heads) {
                connection.send("GET /v2/ HT");
            }
            List<RawConnection> bodies = connectMany(server, MANY);
            for (RawConnection connection : bodies) {
                connection.send(push + "Content-Length: 5\n\n").sendBytes(new byte[] {'h', 'e'});
            }
            try (RawConnection other = server.connect()) {
                assertServed(other);
                assertServed(other);
            }
            for (RawConnection connection : heads) {
                assertThat(connection.send("TP/1.1\nHost: x\n\n").read().status())
                        .isEqualTo(200);
                assertServed(connection);
            }
            for (RawConnection connection : bodies) {
                connection.sendBytes(new byte[] {'l', 'l', 'o'});
                assertThat(connection.read().status()).isEqualTo(201);
                assertServed(connection);
            }
            close(heads);
            close(bodies);
        }
    }

    @Test
    void serveOthersWhileResponsesAreNotRead() throws Exception {
        try (TestServer server = TestServer.start()) {
            byte[] large = new byte[20_000_000];
            Digest digest = Samples.pushBlob(server.repository("a"), large);
            List<RawConnection> slow = connectMany(server, 8);
            for (RawConnection connection : slow) {
                connection.send("GET /v2/a/blobs/" + digest + " HTTP/1.1\nHost: x\n\n");
            }
            try (RawConnection other = server.connect()) {
                assertServed(other);
                assertServed(other);
            }
            for (RawConnection connection : slow) {
                assertThat(connection.read().body()).isEqualTo(large);
                assertServed(connection);
            }
            close(slow);
        }
    }

    @Test
    void readHeadsByteByByte() throws Exception {
        try (TestServer server = TestServer.start();
                RawConnection connection = server.connect()) {
            for (int round = 0; round < 3; round++) {
                for (byte b : PING.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)) {
                    connection.sendBytes(new byte[] {b});
                }
                assertThat(connection.read().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void noticeClientsThatHangUpWhileTheyAreIdle() throws Exception {
        CountDownLatch closed = new CountDownLatch(MANY);
        ServerObserver observer = new ServerObserver() {
            @Override
            public void onExchange(ServerExchange exchange) {
                // Not of interest.
            }

            @Override
            public void onConnectionClosed(java.net.InetSocketAddress client) {
                closed.countDown();
            }
        };
        try (TestServer server = TestServer.start(builder -> builder.observer(observer))) {
            List<RawConnection> connections = connectMany(server, MANY);
            for (int i = 0; i < MANY; i++) {
                if (i % 2 == 0) {
                    assertServed(connections.get(i));
                }
            }
            close(connections);

            assertThat(Uninterruptibles.awaitUninterruptibly(closed, java.time.Duration.ofSeconds(30)))
                    .isTrue();
        }
    }

    @Test
    void surviveAnInterruptThatAHandlerLeaves() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.filter((request, chain) -> {
                    RegistryResponse response = chain.handle(request);
                    Thread.currentThread().interrupt();
                    return response;
                }));
                RawConnection connection = server.connect()) {
            for (int i = 0; i < 3; i++) {
                assertServed(connection);
            }
        }
    }
}
