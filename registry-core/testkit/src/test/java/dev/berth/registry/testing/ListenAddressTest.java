package dev.berth.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Where a registry listens, and under which names clients reach it. */
class ListenAddressTest {
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aFixedPortIsTheSameAgainAfterARestart() throws Exception {
        TestRegistry.Builder settings = TestRegistry.builder().port(freePort());
        String address;
        try (TestRegistry first = settings.start()) {
            address = first.address();
            assertThat(new Client(first).get("/v2/").statusCode()).isEqualTo(200);
            assertThatThrownBy(settings::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("could not be started");
        }
        try (TestRegistry second = settings.start()) {
            assertThat(second.address()).isEqualTo(address);
            assertThat(new Client(second).get("/v2/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutAListenAddressOnlyThisMachineConnects() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            assertThat(registry.uri().getHost()).isEqualTo("127.0.0.1");
        }
    }

    /** As from a container, through the address of a bridge. */
    @Test
    void aRegistryOnAllAddressesIsReachedByEachOfThem() throws Exception {
        try (TestRegistry registry =
                TestRegistry.builder().listenAddress("0.0.0.0").start()) {
            Client client = new Client(registry);
            String other = otherAddress().orElse("127.0.0.2");

            assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
            assertThat(client.get(registry.uri(other) + "v2/").statusCode()).isEqualTo(200);
        }
    }

    private static Optional<String> otherAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    @Test
    void uriAndAddressCanNameAnotherHost() {
        try (TestRegistry registry = TestRegistry.builder().tls().start()) {
            int port = registry.uri().getPort();

            assertThat(registry.uri("host.docker.internal"))
                    .hasToString("https://host.docker.internal:" + port + "/");
            assertThat(registry.address("172.17.0.1")).isEqualTo("172.17.0.1:" + port);
            assertThat(registry.address("::1")).isEqualTo("[::1]:" + port);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> registry.uri("host:5000"))
                    .withMessageContaining("port");
        }
    }

    @Test
    void theCertificateIsForTheNamesThatWereAdded() throws Exception {
        try (TestRegistry registry = TestRegistry.builder()
                .tls("Host.Docker.Internal", "*.registry.test", "172.17.0.1")
                .tls("fd00::1")
                .listenAddress("127.0.0.3")
                .start()) {
            assertThat(registry.uri().getHost()).isEqualTo("127.0.0.3");
            assertThat(names(registry))
                    .containsExactlyInAnyOrder(
                            "localhost",
                            "127.0.0.1",
                            "0:0:0:0:0:0:0:1",
                            "host.docker.internal",
                            "*.registry.test",
                            "172.17.0.1",
                            "fd00:0:0:0:0:0:0:1",
                            "127.0.0.3");
            Client client = new Client(registry, HttpClient.newBuilder().sslContext(registry.sslContext()));
            assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
        }
    }

    private static List<String> names(TestRegistry registry) throws Exception {
        try (SSLSocket socket = (SSLSocket) registry.sslContext()
                .getSocketFactory()
                .createSocket(registry.uri().getHost(), registry.uri().getPort())) {
            X509Certificate certificate =
                    (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectAlternativeNames().stream()
                    .map(name -> name.get(1).toString())
                    .toList();
        }
    }

    @Test
    void namesPortsAndAddressesThatCannotBeAreRefusedBeforeTheStart() {
        TestRegistry.Builder builder = TestRegistry.builder();

        for (String name : List.of("", "a b", "host:5000", "https://host", "1.2.3", "1.2.3.256", "1:2", "-a", "a..b")) {
            assertThatIllegalArgumentException()
                    .as(name)
                    .isThrownBy(() -> builder.tls(name))
                    .withMessageContaining("neither a host name nor an IP address");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> builder.port(-1)).withMessageContaining("0 to 65535");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.port(65_536));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.listenAddress("localhost"))
                .withMessageContaining("IP address");
    }
}
