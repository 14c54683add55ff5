package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.certificates.TestCertificate;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.RequestedAccess;
import dev.berth.registry.server.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers are whom their client certificates name, and nobody else. */
class ClientCertificateAuthenticatorTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private static Path directory;

    private static final TestCertificate AUTHORITY =
            TestCertificate.named("clients").authority().selfSigned();
    private static final TestCertificate ALICE = TestCertificate.named("alice")
            .unit("dev")
            .unit("ops")
            .organisation("acme")
            .mail("alice@acme.test")
            .uri("spiffe://acme.test/alice")
            .dns("alice.acme.test")
            .signedBy(AUTHORITY);
    private static final TestCertificate SERVER =
            TestCertificate.named("server").dns("localhost").selfSigned();

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.now());
    private static final AtomicReference<Caller> SEEN = new AtomicReference<>(Caller.anonymous());
    private static RegistryServer server;

    /** Challenges the ping, and takes the password of bob. */
    private static final class Passwords implements Authenticator {
        @Override
        public Caller authenticate(RegistryRequest request, RequestedAccess access) {
            if (request.header("Authorization").filter("Basic bob"::equals).isPresent()) {
                return Caller.named("bob");
            }
            throw dev.berth.registry.RegistryException.builder(
                            dev.berth.registry.RegistryError.of(dev.berth.registry.ErrorCode.UNAUTHORIZED, "Log in"))
                    .challenges(challenges(request, access))
                    .build();
        }

        @Override
        public List<String> challenges(RegistryRequest request, RequestedAccess access) {
            return List.of("Basic realm=\"x\"");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Path authorities = Files.writeString(directory.resolve("authorities.pem"), AUTHORITY.pem());
        Authenticator certificates = ClientCertificateAuthenticator.of(
                ClientCertificateOptions.builder()
                        .groups(ClientCertificateOptions.Group.ORGANISATIONAL_UNIT)
                        .clock(NOW::get)
                        .build(),
                new Passwords());
        var registry = StorageRegistry.over(MemoryObjectStore.create());
        server = RegistryServer.builder(registry)
                .tls(TlsOptions.keyStore(keyStore(SERVER), PASSWORD)
                        .withClientCertificates(TlsOptions.ClientCertificates.REQUESTED, authorities))
                .authenticator((request, access) -> {
                    Caller caller = certificates.authenticate(request, access);
                    SEEN.set(caller);
                    return caller;
                })
                .listen("127.0.0.1", 0)
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static KeyStore keyStore(TestCertificate own, TestCertificate... above)
            throws GeneralSecurityException, IOException {
        List<Certificate> chain = new ArrayList<>(List.of(own.certificate()));
        Arrays.stream(above).map(TestCertificate::certificate).forEach(chain::add);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("own", own.keys().getPrivate(), PASSWORD, chain.toArray(new Certificate[0]));
        return store;
    }

    /** Returns a connection of a client that sends its certificate whatever the server says that it accepts. */
    private static SSLSocket connect(String protocol, Optional<TestCertificate> own) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", SERVER.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (own.isPresent()) {
            keys.init(keyStore(own.get()), PASSWORD);
        }
        context.init(
                own.map(certificate -> new javax.net.ssl.KeyManager[] {new StubbornKeys(certificate)})
                        .orElse(null),
                trust.getTrustManagers(),
                null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String request(SSLSocket socket, String... fields) throws IOException {
        String text = "GET /v2/ HTTP/1.1\r\nHost: x\r\n" + String.join("", fields) + "\r\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("The server hung up");
            }
            head.append((char) next);
        }
        String response = head.toString();
        int length = response.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        if (length >= 0) {
            int end = response.indexOf('\r', length);
            socket.getInputStream().readNBytes(Integer.parseInt(response.substring(length + 16, end)));
        }
        return response;
    }

    private static String ping(Optional<TestCertificate> own, String... fields) throws Exception {
        SEEN.set(Caller.anonymous());
        try (SSLSocket socket = connect("TLSv1.3", own)) {
            return request(socket, fields);
        }
    }

    @Test
    void aCertificateNamesTheCallerWithoutAChallenge() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            SEEN.set(Caller.anonymous());
            try (SSLSocket socket = connect(protocol, Optional.of(ALICE))) {
                assertThat(request(socket)).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("WWW-Authenticate");
            }
            assertThat(SEEN.get().name()).as(protocol).isEqualTo("alice");
            assertThat(SEEN.get().groups()).containsExactlyInAnyOrder("cert:dev", "cert:ops");
        }
    }

    @Test
    void withoutACertificateTheOtherAuthenticatorIsAsked() throws Exception {
        assertThat(ping(Optional.empty())).startsWith("HTTP/1.1 401").contains("Basic realm=");
        assertThat(ping(Optional.empty(), "Authorization: Basic bob\r\n")).startsWith("HTTP/1.1 200");
        assertThat(SEEN.get().name()).isEqualTo("bob");
    }

    @Test
    void authorizationWins() throws Exception {
        assertThat(ping(Optional.of(ALICE), "Authorization: Basic bob\r\n")).startsWith("HTTP/1.1 200");
        assertThat(SEEN.get().name()).isEqualTo("bob");
        assertThat(ping(Optional.of(ALICE), "Authorization: Basic mallory\r\n")).startsWith("HTTP/1.1 401");
    }

    @Test
    void certificatesThatAreOverOrForeignNameNobody() throws Exception {
        Instant now = Instant.now();
        TestCertificate over = TestCertificate.named("alice")
                .valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)))
                .signedBy(AUTHORITY);
        TestCertificate early = TestCertificate.named("alice")
                .valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)))
                .signedBy(AUTHORITY);
        TestCertificate foreign = TestCertificate.named("alice")
                .signedBy(TestCertificate.named("clients").authority().selfSigned());
        TestCertificate own = TestCertificate.named("alice").selfSigned();
        TestCertificate throughAlice = TestCertificate.named("admin").signedBy(ALICE);
        for (TestCertificate bad : List.of(over, early, foreign, own, throughAlice)) {
            assertThatThrownBy(() -> ping(Optional.of(bad))).isInstanceOf(IOException.class);
            assertThat(SEEN.get().isAnonymous()).isTrue();
        }
    }

    @Test
    void aCertificateThatEndsDuringAConnectionNamesNobodyAnyMore() throws Exception {
        try (SSLSocket socket = connect("TLSv1.3", Optional.of(ALICE))) {
            assertThat(request(socket)).startsWith("HTTP/1.1 200");
            NOW.set(Instant.now().plus(Duration.ofDays(60)));
            assertThat(request(socket)).startsWith("HTTP/1.1 401");
        } finally {
            NOW.set(Instant.now());
        }
    }

    @Test
    void aHeaderFieldNeverCounts() throws Exception {
        String pem = ALICE.pem().replaceAll("\\s", "");
        for (String field : List.of(
                "X-Client-Cert", "X-SSL-Client-Cert", "X-Forwarded-Client-Cert", "Client-Cert", "SSL_CLIENT_S_DN")) {
            assertThat(ping(Optional.empty(), field + ": " + pem + "\r\n")).startsWith("HTTP/1.1 401");
            assertThat(ping(Optional.empty(), field + ": CN=alice\r\n")).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void anAccountMayBeNeeded() throws Exception {
        Account bob = Account.of(Caller.builder("bob").group("ops").build(), "1");
        Accounts accounts = new Accounts() {
            @Override
            public Optional<Account> authenticate(String name, String password) {
                return Optional.empty();
            }

            @Override
            public Optional<Account> find(String subject) {
                return Optional.of(bob).filter(account -> subject.equals("bob") || subject.equals("token:of bob"));
            }
        };
        CertificateSubject subjects =
                new CertificateSubject(ClientCertificateOptions.builder().build());
        AccountOfCertificate needed = new AccountOfCertificate(accounts);
        assertThat(needed.of(subjects.caller(
                                TestCertificate.named("bob").signedBy(AUTHORITY).certificate())
                        .orElseThrow()))
                .hasValueSatisfying(caller -> assertThat(caller.groups()).containsExactly("ops"));
        for (String name : List.of("alice", "token:of bob")) {
            assertThat(needed.of(Caller.named(name))).isEmpty();
        }
    }
}
