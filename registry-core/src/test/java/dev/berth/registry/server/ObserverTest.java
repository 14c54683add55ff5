package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.fixtures.Expected;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an observer is told. */
class ObserverTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final BlockingQueue<ServerExchange> exchanges = new LinkedBlockingQueue<>();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(builder -> builder.observer(exchange -> {
                    throw Expected.failure(new IllegalStateException("An observer that fails harms nobody"));
                })
                .observer(exchanges::add)
                .authenticator((request, access) -> Caller.named("alice"))
                .route("/health", request -> RegistryResponse.builder(204).build())
                .clock(InstantSource.fixed(NOW)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ServerExchange next() throws InterruptedException {
        ServerExchange exchange = exchanges.poll(30, TimeUnit.SECONDS);
        assertThat(exchange).isNotNull();
        return exchange;
    }

    @Test
    void seesTheWholeExchange() throws Exception {
        byte[] blob = Samples.bytes(12_345, 1);
        Digest digest = Digest.sha256(blob);
        server.exchange("POST", "/v2/team/app/blobs/uploads/?digest=" + digest, blob, "User-Agent: test/1");

        ServerExchange push = next();
        assertThat(push.method()).isEqualTo("POST");
        assertThat(push.target()).isEqualTo("/v2/team/app/blobs/uploads/?digest=" + digest);
        assertThat(push.route()).isEqualTo("/v2/<name>/blobs/uploads/");
        assertThat(push.repository()).isEqualTo("team/app");
        assertThat(push.caller().name()).isEqualTo("alice");
        assertThat(push.userAgent()).hasValue("test/1");
        assertThat(push.referrer()).isEmpty();
        assertThat(push.status()).isEqualTo(201);
        assertThat(push.bytesIn()).isEqualTo(12_345);
        assertThat(push.bytesOut()).isZero();
        assertThat(push.complete()).isTrue();
        assertThat(push.startedAt()).isEqualTo(NOW);
        assertThat(push.duration()).isPositive();
        assertThat(push.remoteAddress().orElseThrow().getAddress().isLoopbackAddress())
                .isTrue();

        server.get("/v2/team/app/blobs/" + digest);

        ServerExchange pull = next();
        assertThat(pull.bytesOut()).isEqualTo(12_345);
        assertThat(pull.requestId()).isNotEqualTo(push.requestId());
    }

    @Test
    void seesARouteOnlyForAddressesThatExist() throws Exception {
        server.get("/v2/a/b/c");
        assertThat(next().route()).isEmpty();
        server.get("/health");
        assertThat(next().route()).isEqualTo("/health");
        server.get("/v2/");
        assertThat(next().route()).isEqualTo("/v2/");
        server.get("/v2/a/tags/list");
        assertThat(next().route()).isEqualTo("/v2/<name>/tags/list");
    }

    @Test
    void seesThatTheClientIsGone() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection
                    .send("POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(new byte[100])
                            + " HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 100\n\n")
                    .readHead();
            connection.sendBytes(new byte[42]).socket().setSoLinger(true, 0);
        }

        ServerExchange exchange = next();
        assertThat(exchange.status()).isZero();
        assertThat(exchange.complete()).isFalse();
    }

    @Test
    void seesHowMuchOfATruncatedBodyArrived() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection
                    .send("POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(new byte[100])
                            + " HTTP/1.1\nHost: x\nContent-Length: 100\n\n")
                    .sendBytes(new byte[42])
                    .hangUpSending();
            connection.readToEnd();
        }

        ServerExchange exchange = next();
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.bytesIn()).isEqualTo(42);
    }

    @Test
    void countsNoBytesForHead() throws Exception {
        server.head("/v2/");

        ServerExchange exchange = next();
        assertThat(exchange.bytesOut()).isZero();
        assertThat(exchange.complete()).isTrue();
    }

    @Test
    void seesARequestThatCannotBeRead() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("nonsense\n\n").read();
        }

        ServerExchange exchange = next();
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.method()).isEmpty();
        assertThat(exchange.route()).isEmpty();
        assertThat(exchange.remoteAddress()).isPresent();
    }

    @Test
    void seesARequestWithMalformedChunksOnce() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection
                    .send("POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(new byte[0])
                            + " HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nnonsense\n\n")
                    .read();
        }

        assertThat(next().status()).isEqualTo(400);
        server.get("/v2/");
        assertThat(next().route()).isEqualTo("/v2/");
    }

    @Test
    void seesTheBeginningOfAnExchange() throws Exception {
        List<String> events = new ArrayList<>();
        RegistryHandler handler = RegistryServer.builder(TestServer.newRegistry())
                .observer(new ServerObserver() {
                    @Override
                    public void onExchangeStarted(ServerExchange exchange) {
                        events.add("begin " + exchange.requestId() + exchange.method() + exchange.target()
                                + exchange.status());
                    }

                    @Override
                    public void onExchange(ServerExchange exchange) {
                        events.add("end " + exchange.requestId() + exchange.status());
                    }
                })
                .filter((request, next) -> {
                    events.add("filter");
                    return next.handle(request);
                })
                .build()
                .handler();
        RegistryRequest request = RegistryRequest.builder("GET", "/v2/").build();

        handler.handle(request).close();

        assertThat(events)
                .containsExactly(
                        "begin " + request.requestId() + "GET/v2/0", "filter", "end " + request.requestId() + "200");
    }

    /** Tells what it is told, as long as nothing else is asked for. */
    private static final class ConnectionGauge implements ServerObserver {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void onExchangeStarted(ServerExchange exchange) {
            events.add("exchange");
        }

        @Override
        public void onExchange(ServerExchange exchange) {
            events.add("exchange ended");
        }

        @Override
        public void onConnectionOpened(InetSocketAddress client) {
            events.add("opened " + client.getPort());
        }

        @Override
        public void onConnectionClosed(InetSocketAddress client) {
            events.add("closed " + client.getPort());
        }

        @Override
        public void onConnectionRefused(InetSocketAddress client) {
            events.add("refused " + client.getPort());
        }

        String next() throws InterruptedException {
            return events.poll(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void seesConnectionsOpenedClosedAndRefused() throws Exception {
        ConnectionGauge gauge = new ConnectionGauge();
        ServerLimits limits = ServerLimits.builder().maxConnections(1).build();
        try (TestServer limited =
                        TestServer.start(builder -> builder.observer(gauge).limits(limits));
                RawConnection first = limited.connect()) {
            assertThat(gauge.next()).isEqualTo("opened " + first.socket().getLocalPort());
            first.send("GET /v2/ HTTP/1.1\n");
            try (RawConnection second = limited.connect()) {
                assertThat(second.read().status()).isEqualTo(503);
                assertThat(gauge.next()).isEqualTo("refused " + second.socket().getLocalPort());
            }
            first.send("Host: x\nConnection: close\n\n").read();
            assertThat(gauge.next()).isEqualTo("exchange");
            assertThat(gauge.next()).isEqualTo("exchange ended");
            assertThat(gauge.next()).isEqualTo("closed " + first.socket().getLocalPort());
        }
    }

    @Test
    void seesARequestThatCannotBeReadBeginAndEnd() throws Exception {
        ConnectionGauge gauge = new ConnectionGauge();
        try (TestServer observed = TestServer.start(builder -> builder.observer(gauge));
                RawConnection connection = observed.connect()) {
            connection.send("nonsense\n\n").read();

            assertThat(gauge.next()).startsWith("opened ");
            assertThat(gauge.next()).isEqualTo("exchange");
            assertThat(gauge.next()).isEqualTo("exchange ended");
        }
    }

    @Test
    void seesTheVersionThatTheClientSpeaks() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.0\n\n").read();
        }

        assertThat(next().protocol()).isEqualTo("HTTP/1.0");
        server.get("/v2/");
        assertThat(next().protocol()).isEqualTo("HTTP/1.1");
    }

    @Test
    void seesTheVersionOfARequestThatCannotBeRead() throws Exception {
        for (String request : List.of(
                "GET /v2/ HTTP/1.0\nnonsense\n\n",
                "GET /v2/ HTTP/1.1\n\n",
                "PRI * HTTP/2.0\n\nSM\n\n",
                "GET /v2/ HTTP/3.1\n\n")) {
            try (RawConnection connection = server.connect()) {
                connection.send(request).read();
            }
            ServerExchange exchange = next();
            assertThat(exchange.method()).isEmpty();
            assertThat(exchange.status()).isGreaterThanOrEqualTo(400);
            assertThat(request).contains(" " + exchange.protocol() + "\n");
        }
        try (RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1 and more\n\n").read();
        }
        assertThat(next().protocol()).isEmpty();
    }

    @Test
    void seesALaterVersionOfHttp1AsItIs() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.2\nHost: x\nConnection: close\n\n").read();
        }

        assertThat(next().protocol()).isEqualTo("HTTP/1.2");
    }
}
