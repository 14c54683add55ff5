package dev.berth.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TestRegistryTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    @Test
    void isReadyWhenTheCallReturnsAndHasItsContent() throws Exception {
        try (TestRegistry registry = TestRegistry.builder()
                .image("team/app:1.0", TestImages.empty())
                .image("built", ImageBuilder.fromScratch(Platform.of("linux", "amd64"))::pushTo)
                .content(r -> TestImages.empty().pushTo(r, RepositoryName.parse("copied")))
                .start()) {
            HttpResponse<byte[]> answer = new Client(registry).get("/v2/team/app/manifests/1.0");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(registry.uri().toString()).matches("http://127\\.0\\.0\\.1:\\d+/");
            assertThat(registry.address())
                    .isEqualTo("127.0.0.1:" + registry.uri().getPort());
            assertThat(registry.reference("team/app:1.0")).hasToString(registry.address() + "/team/app:1.0");
            assertThat(registry.registry().repositories().stream().map(RepositoryName::value))
                    .containsExactly("built", "copied", "team/app");
        }
    }

    @Test
    void javaAndHttpSeeTheSame() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            Descriptor image = registry.push("team/app:1.0", TestImages.empty());

            assertThat(registry.registry()
                            .repository(APP)
                            .tags()
                            .resolve(Tag.parse("1.0"))
                            .map(Descriptor::digest))
                    .contains(image.digest());
            assertThat(new Client(registry)
                            .get("/v2/team/app/manifests/1.0")
                            .headers()
                            .firstValue("Docker-Content-Digest"))
                    .contains(image.digest().toString());
            assertThat(registry.journal().entries()).hasSize(1);
        }
    }

    @Test
    void aBuilderStartsRegistriesThatShareNothing() {
        TestRegistry.Builder builder = TestRegistry.builder().image("app:1.0", TestImages.empty());
        try (TestRegistry one = builder.start();
                TestRegistry two = builder.start()) {
            one.push("more:1.0", TestImages.empty());

            assertThat(one.address()).isNotEqualTo(two.address());
            assertThat(two.registry().repositories().toList()).containsExactly(RepositoryName.parse("app"));
        }
    }

    @Test
    void tlsIsTrustedWithWhatTheRegistryGives() throws Exception {
        try (TestRegistry registry = TestRegistry.builder().tls().start()) {
            assertThat(registry.uri().getScheme()).isEqualTo("https");
            Client client = new Client(registry, HttpClient.newBuilder().sslContext(registry.sslContext()));
            assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
            assertThat(client.get("https://localhost:" + registry.uri().getPort() + "/v2/")
                            .statusCode())
                    .isEqualTo(200);

            assertThatThrownBy(() -> new Client(registry).get("/v2/")).isInstanceOf(SSLHandshakeException.class);
            try (TestRegistry other = TestRegistry.builder().tls().start()) {
                Client stranger = new Client(other, HttpClient.newBuilder().sslContext(registry.sslContext()));
                assertThatThrownBy(() -> stranger.get("/v2/")).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void theCertificateIsOneThatToolsRead() throws Exception {
        try (TestRegistry registry =
                TestRegistry.builder().tls().withoutSocket().start()) {
            String pem = registry.certificatePem();

            X509Certificate authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));

            authority.verify(authority.getPublicKey());
            authority.checkValidity();
            assertThat(authority.getBasicConstraints()).isNotNegative();
            assertThat(authority.getKeyUsage()).startsWith(false, false, false, false, false, true);
            assertThat(authority.getVersion()).isEqualTo(3);
        }
    }

    @Test
    void basicAuthenticationLetsInWhoeverIsNamed() throws Exception {
        try (TestRegistry registry = TestRegistry.builder()
                .basicAuth("alice", "a")
                .basicAuth("bob", "b")
                .start()) {
            Client client = new Client(registry);
            String bob = Base64.getEncoder().encodeToString("bob:b".getBytes(StandardCharsets.UTF_8));

            assertThat(client.get("/v2/").statusCode()).isEqualTo(401);
            assertThat(client.get("/v2/", "Authorization", "Basic " + bob).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRegistryWithoutASocketIsThereForJavaCode() throws Exception {
        try (TestRegistry registry = TestRegistry.builder()
                .withoutSocket()
                .image("team/app:1.0", TestImages.empty())
                .fault(Fault.on("/v2/_catalog").status(503))
                .start()) {
            assertThat(registry.registry().repository(APP).tags().list().toList())
                    .containsExactly(Tag.parse("1.0"));
            assertThat(status(registry, "/v2/")).isEqualTo(200);
            assertThat(status(registry, "/v2/_catalog")).isEqualTo(503);
            assertThat(registry.journal().entries()).hasSize(2);
            assertThatIllegalStateException().isThrownBy(registry::uri).withMessageContaining("withoutSocket()");
            assertThatIllegalStateException().isThrownBy(registry::address);
            assertThatIllegalStateException()
                    .isThrownBy(registry::sslContext)
                    .withMessageContaining("TestRegistry.builder().tls()");
        }
    }

    private static int status(TestRegistry registry, String target) throws IOException {
        try (RegistryResponse response =
                registry.handler().handle(RegistryRequest.builder("GET", target).build())) {
            return response.status();
        }
    }

    @Test
    void aRegistryThatIsUsedAfterItWasClosedSaysSo() {
        TestRegistry registry = TestRegistry.builder().tls().start();
        Registry view = registry.registry();
        int port = registry.uri().getPort();

        registry.close();
        registry.close();

        String sentence = "This TestRegistry was closed";
        assertThatIllegalStateException().isThrownBy(registry::uri).withMessageContaining(sentence);
        assertThatIllegalStateException().isThrownBy(registry::registry).withMessageContaining(sentence);
        assertThatIllegalStateException().isThrownBy(registry::handler).withMessageContaining(sentence);
        assertThatIllegalStateException().isThrownBy(registry::journal).withMessageContaining(sentence);
        assertThatIllegalStateException().isThrownBy(registry::sslContext).withMessageContaining(sentence);
        assertThatIllegalStateException()
                .isThrownBy(() -> registry.inject(Fault.onAny().reset()))
                .withMessageContaining(sentence);
        assertThatIllegalStateException()
                .isThrownBy(() -> registry.push("app:1.0", TestImages.empty()))
                .withMessageContaining(sentence);
        assertThatIllegalStateException().isThrownBy(() -> view.repository(APP)).withMessageContaining(sentence);
        assertThatIllegalStateException().isThrownBy(view::repositories).withMessageContaining(sentence);
        assertThat(registry).hasToString("TestRegistry (closed)");
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
    }

    /** Not with a client that asks again by itself when a connection ends. */
    private static Socket ask(TestRegistry registry, String path) throws IOException {
        Socket socket = new Socket("127.0.0.1", registry.uri().getPort());
        socket.setSoTimeout(10_000);
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Returns what came until the connection ended, in one way or the other. */
    private static String answer(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (socket) {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                bytes.write(b);
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void closingEndsRequestsThatAreBeingServed() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        TestRegistry registry = TestRegistry.builder()
                .filter((request, next) -> {
                    arrived.countDown();
                    return next.handle(request);
                })
                .fault(Fault.on("/v2/*/manifests/*").throttle(1))
                .start();
        registry.push("app:1.0", TestImages.withFiles(Map.of("a", "b")));
        Socket first = ask(registry, "/v2/app/manifests/1.0");
        Socket second = ask(registry, "/v2/app/manifests/1.0");
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        registry.close();

        assertThat(answer(first)).doesNotContain("layers");
        assertThat(answer(second)).doesNotContain("layers");
    }

    @Test
    void closingEndsRequestsThatWait() throws Exception {
        TestRegistry registry = TestRegistry.builder()
                .fault(Fault.onAny().delay(Duration.ofHours(1)))
                .start();
        Socket waiting = ask(registry, "/v2/");
        Journal journal = registry.journal();
        while (journal.entries().isEmpty()) {
            Thread.onSpinWait();
        }

        registry.close();

        assertThat(answer(waiting)).isEmpty();
    }
}
