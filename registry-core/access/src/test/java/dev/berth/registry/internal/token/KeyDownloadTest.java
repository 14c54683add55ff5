package dev.berth.registry.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.registry.certificates.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void aCertificateNeedsAnAuthorityThatIsKnown(@TempDir Path directory) throws Exception {
        TestCertificate certificate =
                TestCertificate.named("issuer").dns("localhost").selfSigned();
        HttpsServer secured = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secured.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
        secured.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        secured.start();
        URI address = URI.create("https://localhost:" + secured.getAddress().getPort() + "/keys");
        URI byAddress = URI.create("https://127.0.0.1:" + secured.getAddress().getPort() + "/keys");
        Optional<Path> authorities = Optional.of(Files.writeString(directory.resolve("ca.pem"), certificate.pem()));
        try (KeyDownload trusting = new KeyDownload(address, authorities);
                KeyDownload strict = new KeyDownload(address, Optional.empty());
                KeyDownload misled = new KeyDownload(byAddress, authorities)) {
            assertThat(trusting.get(address)).asString().isEqualTo("{}");
            assertThatThrownBy(() -> strict.get(address))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ertificate");
            // The certificate is for another name.
            assertThatThrownBy(() -> misled.get(byAddress)).isInstanceOf(IOException.class);
        } finally {
            secured.stop(0);
        }
    }

    private static SSLContext context(TestCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", certificate.keys().getPrivate(), new char[0], new Certificate[] {certificate.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
