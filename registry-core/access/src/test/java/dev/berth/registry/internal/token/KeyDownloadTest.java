package dev.berth.registry.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys are downloaded within limits, and from nowhere but where they are said to be. */
class KeyDownloadTest {
    private HttpServer server;
    private final AtomicInteger elsewhere = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[64 * 1024];
            try {
                while (true) {
                    exchange.getResponseBody().write(block);
                }
            } catch (IOException e) {
                exchange.close();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static byte[] get(URI first, URI address) throws IOException {
        try (KeyDownload download = new KeyDownload(first, Optional.empty())) {
            return download.get(address);
        }
    }

    private static byte[] get(URI address) throws IOException {
        return get(address, address);
    }

    @Test
    void aDocumentIsDownloaded() throws IOException {
        assertThat(get(address("/keys"))).asString().isEqualTo("{}");
    }

    @Test
    void redirectsAreNotFollowed() {
        assertThatThrownBy(() -> get(address("/moved")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 302; redirects are not followed");
        assertThat(elsewhere).hasValue(0);
        assertThatThrownBy(() -> get(address("/absent"))).hasMessageContaining("status 404");
    }

    @Test
    void anEndlessAnswerIsCut() {
        assertThatThrownBy(() -> get(address("/endless"))).hasMessageContaining("more than 524288 bytes");
    }

    @Test
    void aServerThatIsSilentIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/keys");
            assertThatThrownBy(() -> get(address)).isInstanceOf(IOException.class);
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.isConnected()).isTrue();
            }
        }
        URI nobody = address("/keys");
        server.stop(0);
        assertThatThrownBy(() -> get(nobody)).isInstanceOf(IOException.class);
    }

    @Test
    void aServerElsewhereDoesNotLeadToThisMachine() {
        URI outside = URI.create("http://issuer.example.test/");
        for (URI local : new URI[] {address("/keys"), URI.create("http://169.254.169.254/keys")}) {
            assertThatThrownBy(() -> get(outside, local))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(local.getHost());
        }
        assertThatThrownBy(() -> get(URI.create("https://issuer.example.test/"), address("/keys")))
                .hasMessageContaining("without TLS");
    }
}
