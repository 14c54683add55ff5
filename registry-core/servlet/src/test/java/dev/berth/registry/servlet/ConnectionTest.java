package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.server.RawConnection;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.Samples;
import dev.berth.registry.server.ServerExchange;
import dev.berth.registry.server.TestServer;
import dev.berth.registry.server.TrustedProxies;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a registry learns about the connection, and what observers learn about exchanges. */
abstract class ConnectionTest {
    private final Container.Kind kind;

    ConnectionTest(Container.Kind kind) {
        this.kind = kind;
    }

    @Test
    void knowsTheClientAndWhatATrustedProxySays() throws Exception {
        BlockingQueue<RegistryRequest> seen = new LinkedBlockingQueue<>();
        RegistryServer server = RegistryServer.builder(TestServer.newRegistry())
                .trustedProxies(TrustedProxies.of("127.0.0.1"))
                .filter((request, next) -> {
                    seen.add(request);
                    return next.handle(request);
                })
                .build();
        try (Container container = kind.start("", new RegistryServlet(server.handler()));
                RawConnection connection = RawConnection.to(container.address())) {
            connection
                    .send("GET /v2/ HTTP/1.1\nHost: registry.example:81\nX-Forwarded-For: 192.0.2.7\n"
                            + "X-Forwarded-Proto: https\n\n")
                    .read();

            RegistryRequest request = seen.remove();
            assertThat(request.peerAddress().orElseThrow().getPort())
                    .isEqualTo(connection.socket().getLocalPort());
            assertThat(request.remoteAddress().orElseThrow().getAddress())
                    .isEqualTo(InetAddress.getByName("192.0.2.7"));
            assertThat(request.secure()).isTrue();
            assertThat(request.host()).hasValue("registry.example:81");
            assertThat(request.protocol()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void reportsExchanges() throws Exception {
        BlockingQueue<ServerExchange> observed = new LinkedBlockingQueue<>();
        byte[] blob = Samples.bytes(100_000, 1);
        RegistryServer server = RegistryServer.builder(TestServer.newRegistry())
                .observer(observed::add)
                .build();
        try (Container container = kind.start("", new RegistryServlet(server.handler()));
                RawConnection connection = RawConnection.to(container.address())) {
            connection
                    .send("POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(blob)
                            + " HTTP/1.1\nHost: x\nContent-Length: 100000\n\n")
                    .sendBytes(blob)
                    .read();
            connection
                    .send("GET /v2/a/blobs/" + Digest.sha256(blob) + " HTTP/1.1\nHost: x\n\n")
                    .read();

            ServerExchange push = observed.poll(30, TimeUnit.SECONDS);
            assertThat(push.status()).isEqualTo(201);
            assertThat(push.bytesIn()).isEqualTo(100_000);
            ServerExchange pull = observed.poll(30, TimeUnit.SECONDS);
            assertThat(pull.route()).isEqualTo("/v2/<name>/blobs/<digest>");
            assertThat(pull.bytesOut()).isEqualTo(100_000);
            assertThat(pull.complete()).isTrue();
        }
    }

    @Test
    void noticesThatAClientIsGone() throws Exception {
        CompletableFuture<ServerExchange> observed = new CompletableFuture<>();
        CompletableFuture<Boolean> abandoned = new CompletableFuture<>();
        RegistryServer server = RegistryServer.builder(TestServer.newRegistry())
                .observer(observed::complete)
                .filter((request, next) -> next.handle(request).withBody(new Endless() {
                    @Override
                    public void close() {
                        abandoned.complete(request.isAbandoned());
                    }
                }))
                .build();
        try (Container container = kind.start("", new RegistryServlet(server.handler()))) {
            try (RawConnection connection = RawConnection.to(container.address())) {
                connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").readHead();
            }

            assertThat(observed.get(30, TimeUnit.SECONDS).complete()).isFalse();
            assertThat(abandoned.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void survivesAFailureOfAHandler() throws Exception {
        RegistryServlet servlet = new RegistryServlet(request -> {
            if (request.path().equals("/broken")) {
                throw dev.berth.registry.RegistryException.of(
                        dev.berth.registry.ErrorCode.TOOMANYREQUESTS, "Come later");
            }
            return RegistryResponse.builder(204).build();
        });
        try (Container container = kind.start("", servlet);
                RawConnection connection = RawConnection.to(container.address())) {
            assertThat(connection
                            .send("GET /broken HTTP/1.1\nHost: x\n\n")
                            .read()
                            .status())
                    .isEqualTo(429);
            assertThat(connection.send("GET / HTTP/1.1\nHost: x\n\n").read().status())
                    .isEqualTo(204);
        }
    }

    private static class Endless implements dev.berth.registry.server.ResponseBody {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(Long.MAX_VALUE);
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            byte[] buffer = new byte[64 * 1024];
            while (true) {
                output.write(buffer);
            }
        }
    }
}
