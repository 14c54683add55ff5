package dev.berth.registry.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.client.fixtures.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real proxies, with and without authentication, for both kinds of addresses. The names are known to the proxy only. */
@Timeout(60)
final class ProxyTest {
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("bob:p@ss".getBytes(StandardCharsets.UTF_8));

    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** A proxy that wants a login, answers requests itself and tunnels to a port. */
    private RawServer proxy(int tunnelTo) throws IOException {
        return new RawServer(connection -> {
            String head = RawServer.readHead(connection);
            heads.add(head);
            if (!head.contains("Proxy-Authorization: " + LOGIN)) {
                RawServer.send(
                        connection,
                        "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
            } else if (head.startsWith("CONNECT ")) {
                RawServer.send(connection, "HTTP/1.1 200 OK\r\n\r\n");
                tunnel(connection, tunnelTo);
            } else {
                RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });
    }

    private static void tunnel(Socket client, int port) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread back = new Thread(() -> copy(server, client));
            back.start();
            copy(client, server);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream input = from.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                to.getOutputStream().write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone, so is the tunnel.
            return;
        }
    }

    @Test
    void goesThroughAProxyByPlainHttp() throws IOException {
        try (RawServer proxy = proxy(0);
                HttpTransport transport = new Transports()
                        .proxies(ProxySettings.of(
                                new Properties(), Map.of("http_proxy", "http://bob:p%40ss@" + proxy.address())))
                        .create()) {
            IncomingResponse response = transport.exchange(Transports.get("http://registry.invalid/v2/"));

            assertThat(response.readAll(10)).isPresent();
            assertThat(heads).singleElement().asString().startsWith("GET http://registry.invalid/v2/ HTTP/1.1");
        }
    }

    @Test
    void tunnelsThroughAProxyByTls(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("Example authority");
        try (RawServer server = new RawServer(
                        authority
                                .issue(directory, "registry.invalid")
                                .serverContext(authority)
                                .getServerSocketFactory()
                                .createServerSocket(0, 10, InetAddress.getLoopbackAddress()),
                        connection -> {
                            heads.add(RawServer.readHead(connection));
                            RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                        });
                RawServer proxy = proxy(server.port());
                HttpTransport transport = new Transports()
                        .trust(TlsTrust.builder()
                                .trust("registry.invalid", authority.certificateFile(directory))
                                .build())
                        .proxies(ProxySettings.of(properties("https", proxy, "bob", "p@ss"), Map.of()))
                        .create()) {
            IncomingResponse response = transport.exchange(Transports.get("https://registry.invalid/v2/"));

            assertThat(response.readAll(10)).isPresent();
            assertThat(heads).hasSize(2);
            assertThat(heads.get(0)).startsWith("CONNECT registry.invalid:443 ");
            assertThat(heads.get(1)).startsWith("GET /v2/ ").doesNotContain("Proxy-Authorization");
        }
    }

    @Test
    void saysThatTheProxyWantsALogin() throws IOException {
        try (RawServer proxy = proxy(0);
                HttpTransport transport = new Transports()
                        .proxies(ProxySettings.of(
                                new Properties(),
                                Map.of(
                                        "HTTP_PROXY",
                                        proxy.address(),
                                        "HTTPS_PROXY",
                                        "http://eve:secret@" + proxy.address())))
                        .create()) {
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("http://registry.invalid/v2/")))
                    .withMessageContaining("The proxy " + proxy.address() + " requires authentication");
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("https://registry.invalid/v2/")))
                    .withMessageContaining("rejected the user name and password")
                    .matches(e -> !e.sentence().contains("secret"));
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    /** What a proxy says of itself must not pass for the word of a registry: there is no such image, log in there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "204 No Content",
                "301 Moved\r\nLocation: http://127.0.0.1/",
                "307 Moved\r\nLocation: http://127.0.0.1/",
                "400 Bad",
                "401 Who?\r\nWWW-Authenticate: Bearer realm=\"http://127.0.0.1/\"",
                "403 Forbidden",
                "404 Not Found",
                "405 No"
            })
    void doesNotTakeTheAnswerOfAProxyForThatOfTheServer(String answer) throws IOException {
        try (RawServer proxy = new RawServer(connection -> {
                    heads.add(RawServer.readHead(connection));
                    RawServer.send(connection, "HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n");
                });
                HttpTransport transport = new Transports()
                        .proxies(ProxySettings.of(new Properties(), Map.of("HTTPS_PROXY", proxy.address())))
                        .create()) {
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("https://registry.invalid/v2/")))
                    .matches(e -> e.kind() == TransportException.Kind.UNREACHABLE)
                    .withMessageContaining(
                            "The proxy " + proxy.address() + " refused to connect to https://registry.invalid")
                    .withMessageContaining(answer.substring(0, 3));
            assertThat(heads).singleElement().asString().startsWith("CONNECT registry.invalid:443 ");
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void canTryAgainWhenTheProxyReachesNobody(int status) throws IOException {
        try (RawServer proxy = new RawServer(connection -> {
                    RawServer.readHead(connection);
                    RawServer.send(connection, "HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\nno");
                });
                HttpTransport transport = new Transports()
                        .proxies(ProxySettings.of(new Properties(), Map.of("HTTPS_PROXY", proxy.address())))
                        .create()) {
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("https://registry.invalid/v2/")))
                    .matches(e -> e.isTransient() && e.isUnsent())
                    .withMessageContaining("The proxy " + proxy.address() + " cannot reach https://registry.invalid");
            assertThat(transport.connectionsInUse()).isZero();
        }
    }

    @Test
    void saysWhichVariableIsWrong() {
        try (HttpTransport transport = new Transports()
                .proxies(ProxySettings.of(new Properties(), Map.of("HTTP_PROXY", "socks5://u:secret@p:1")))
                .create()) {
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> transport.exchange(Transports.get("http://registry.invalid/v2/")))
                    .withMessageContaining("HTTP_PROXY")
                    .withMessageContaining("socks5")
                    .matches(e -> !e.sentence().contains("secret"));
        }
    }

    private static Properties properties(String scheme, RawServer proxy, String user, String password) {
        Properties properties = new Properties();
        properties.setProperty(scheme + ".proxyHost", "127.0.0.1");
        properties.setProperty(scheme + ".proxyPort", Integer.toString(proxy.port()));
        properties.setProperty(scheme + ".proxyUser", user);
        properties.setProperty(scheme + ".proxyPassword", password);
        return properties;
    }
}
