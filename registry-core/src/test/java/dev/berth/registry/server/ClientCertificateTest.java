package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.server.TlsOptions.ClientCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that authenticate with certificates. */
class ClientCertificateTest {
    @TempDir
    static Path directory;

    private static TestCertificates server;
    private static TestCertificates known;
    private static TestCertificates stranger;
    private static Path authorities;

    private final BlockingQueue<List<X509Certificate>> presented = new LinkedBlockingQueue<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = TestCertificates.make(directory, "EC");
        known = TestCertificates.make(directory, "EC");
        stranger = TestCertificates.make(directory, "EC");
        authorities = Files.writeString(directory.resolve("authorities.pem"), known.certificatePem());
    }

    private static TlsOptions tls() {
        return TlsOptions.keyStore(server.keyStore(), TestCertificates.PASSWORD);
    }

    private TestServer start(TlsOptions options) throws IOException {
        return TestServer.start(builder -> builder.tls(options).authenticator((request, access) -> {
            presented.add(request.clientCertificates());
            return Caller.anonymous();
        }));
    }

    private static int ping(TestServer to, TestCertificates own) throws Exception {
        SSLContext context = server.clientContext(own);
        try (RawConnection connection = new RawConnection(context.getSocketFactory()
                .createSocket("127.0.0.1", to.server().address().getPort()))) {
            return connection
                    .send("GET /v2/ HTTP/1.1\nHost: x\nConnection: close\n\n")
                    .read()
                    .status();
        }
    }

    private List<X509Certificate> presented() throws InterruptedException {
        return presented.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void areKnownToTheAuthenticator() throws Exception {
        for (ClientCertificates mode : List.of(ClientCertificates.REQUESTED, ClientCertificates.REQUIRED)) {
            try (TestServer started = start(tls().withClientCertificates(mode, authorities))) {
                assertThat(ping(started, known)).isEqualTo(200);
                assertThat(presented()).containsExactly(known.certificate());
            }
        }
    }

    @Test
    void needNoneWhereItIsOnlyRequested() throws Exception {
        try (TestServer started = start(tls().withClientCertificates(ClientCertificates.REQUESTED, authorities))) {
            assertThat(ping(started, null)).isEqualTo(200);
            assertThat(presented()).isEmpty();
        }
    }

    @Test
    void areNotServedWithoutOneWhereItIsRequired() throws Exception {
        try (TestServer started = start(tls().withClientCertificates(ClientCertificates.REQUIRED, authorities))) {
            assertThatThrownBy(() -> ping(started, null)).isInstanceOf(IOException.class);
            assertThat(presented).isEmpty();
        }
    }

    @Test
    void areNotServedWithACertificateOfSomebodyElse() throws Exception {
        for (ClientCertificates mode : List.of(ClientCertificates.REQUESTED, ClientCertificates.REQUIRED)) {
            try (TestServer started = start(tls().withClientCertificates(mode, authorities))) {
                // A client that knows which authorities are accepted presents none instead.
                assertThat(pingOrFail(started)).isNotEqualTo(List.of(stranger.certificate()));
            }
        }
    }

    private List<X509Certificate> pingOrFail(TestServer started) throws Exception {
        try {
            ping(started, stranger);
            return presented();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void areNotAskedForOneByDefault() throws Exception {
        try (TestServer started = start(tls())) {
            assertThat(ping(started, known)).isEqualTo(200);
            assertThat(presented()).isEmpty();
        }
    }

    @Test
    void areVerifiedByTheContextWhereOneIsGiven() throws Exception {
        SSLContext context = known.clientContext(server);
        TlsOptions options = TlsOptions.of(() -> context).withClientCertificates(ClientCertificates.REQUIRED);
        try (TestServer started = start(options)) {
            assertThat(ping(started, known)).isEqualTo(200);
            assertThat(presented()).containsExactly(known.certificate());
        }
    }

    @Test
    void needAuthoritiesThatAreNamed() throws Exception {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);

        assertThatThrownBy(() -> tls().withClientCertificates(ClientCertificates.REQUIRED))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tls().withClientCertificates(ClientCertificates.REQUIRED, empty))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TlsOptions.of(() -> {
                            throw new AssertionError("No connection is made");
                        })
                        .withClientCertificates(ClientCertificates.REQUIRED, authorities))
                .isInstanceOf(IllegalStateException.class);
    }
}
