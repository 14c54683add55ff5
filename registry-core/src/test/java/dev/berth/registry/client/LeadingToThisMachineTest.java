package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.fixtures.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry elsewhere does not lead this client to what listens on its own machine, under whatever name. */
@Timeout(60)
final class LeadingToThisMachineTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final byte[] BYTES = "content".getBytes(StandardCharsets.US_ASCII);
    private static final Digest DIGEST = Digest.sha256(BYTES);

    private final AtomicInteger reached = new AtomicInteger();
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private RawServer inside;
    private RawServer registry;
    private String address;

    @BeforeEach
    void start() throws IOException {
        inside = new RawServer(new ServerSocket(0), connection -> {
            // To connect is enough: that alone tells which ports are open.
            reached.incrementAndGet();
            RawServer.readHead(connection);
            RawServer.send(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 7\r\n\r\ncontent");
        });
        Optional<InetAddress> elsewhere = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(one -> one.getAddress().length == 4 && !one.isLoopbackAddress() && !one.isLinkLocalAddress())
                .findFirst();
        assumeThat(elsewhere)
                .as("This machine has no IPv4 address but loopback")
                .isPresent();
        ServerSocket socket = new ServerSocket(0, 50, elsewhere.orElseThrow());
        address = elsewhere.get().getHostAddress() + ":" + socket.getLocalPort();
        registry = new RawServer(socket, connection -> {
            RawServer.readHead(connection);
            RawServer.send(connection, "HTTP/1.1 " + answer + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        });
    }

    @AfterEach
    void stop() throws IOException {
        inside.close();
        registry.close();
    }

    private RemoteOptions.Builder options() {
        return RemoteOptions.builder()
                .retry(RetryPolicy.none())
                .useProxies(false)
                .plainHttp(address);
    }

    private byte[] pull(RemoteOptions.Builder options) throws IOException {
        try (RemoteRegistry remote = RemoteRegistry.at(address, options.build());
                BlobContent content = remote.repository(NAME).blobs().open(DIGEST)) {
            return content.stream().readAllBytes();
        }
    }

    private void isRefused(RemoteOptions.Builder options) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(options))
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE);
        assertThat(reached).hasValue(0);
    }

    private String redirect(String origin) {
        return "307 There\r\nLocation: " + origin.replace("PORT", "" + inside.port()) + "/secret";
    }

    private String realm(String origin) {
        return "401 Who?\r\nWWW-Authenticate: Bearer realm=\"" + origin.replace("PORT", "" + inside.port())
                + "/token\"";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT",
                "http://localhost:PORT",
                "http://[::1]:PORT",
                "http://LOCALHOST.:PORT",
                "http://x.localhost:PORT",
                "http://2130706433:PORT",
                "http://0x7f000001:PORT",
                "http://127.1:PORT",
                "http://0:PORT",
                "http://0.0.0.0:PORT",
                "https://127.0.0.1:PORT",
                "https://127.0.0.2:PORT",
                "https://localhost:PORT",
                "https://localhost.:PORT",
                "https://[::1]:PORT",
                "https://[0:0:0:0:0:0:0:1]:PORT",
                "https://[::ffff:127.0.0.1]:PORT",
                "https://[::ffff:7f00:1]:PORT",
                "https://[::]:PORT",
                "https://0.0.0.0:PORT",
                "https://127.1:PORT",
                "https://2130706433:PORT",
                "https://0177.0.0.1:PORT",
                "https://169.254.169.254",
                "http://169.254.169.254",
            })
    void isRefusedByRedirectAndByRealm(String origin) {
        answer.set(redirect(origin));
        isRefused(options());
        answer.set(realm(origin));
        isRefused(options());
    }

    @Test
    void isRefusedByTheLocationOfAnUpload() {
        answer.set("202 Go\r\nLocation: https://localhost:" + inside.port() + "/upload");
        try (RemoteRegistry remote = RemoteRegistry.at(address, options().build())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> remote.repository(NAME).blobs().push(DIGEST, BlobSource.of(BYTES)))
                    .withMessageContaining("this machine");
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void saysHowToAllowIt() {
        answer.set(redirect("https://localhost:PORT"));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(options()))
                .withMessageContaining("https://localhost:" + inside.port() + " is on this machine")
                .withMessageContaining("name localhost:" + inside.port());
        answer.set(redirect("http://127.0.0.1:PORT"));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(options()))
                .withMessageContaining("plainHttp(\"127.0.0.1:" + inside.port() + "\")");
    }

    @Test
    void isAllowedByName() throws IOException {
        answer.set(redirect("http://127.0.0.1:PORT"));
        assertThat(pull(options().plainHttp("127.0.0.1:" + inside.port()))).isEqualTo(BYTES);
        assertThat(pull(options().plainHttp("127.0.0.1"))).isEqualTo(BYTES);
        isRefusedAfter(2, options().plainHttp("127.0.0.1:1"));
        answer.set(realm("http://localhost:PORT"));
        // It sends no token, but it was asked.
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(options().trustRealm("localhost:" + inside.port())))
                .withMessageContaining("token service");
        assertThat(reached).hasValue(3);
    }

    private void isRefusedAfter(int before, RemoteOptions.Builder options) {
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> pull(options));
        assertThat(reached).hasValue(before);
    }

    /** Whatever the name of the registry: the connection shows where it is. */
    @Test
    void isAllowedToARegistryOnThisMachine() throws IOException {
        try (RawServer here = new RawServer(connection -> {
            RawServer.readHead(connection);
            RawServer.send(
                    connection,
                    "HTTP/1.1 " + redirect("http://localhost:PORT")
                            + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        })) {
            for (String name : new String[] {here.address(), "0.0.0.0:" + here.port()}) {
                RemoteOptions options = options().build();
                try (RemoteRegistry remote = RemoteRegistry.at("http://" + name, options);
                        BlobContent content = remote.repository(NAME).blobs().open(DIGEST)) {
                    assertThat(content.stream().readAllBytes()).isEqualTo(BYTES);
                }
            }
        }
    }
}
