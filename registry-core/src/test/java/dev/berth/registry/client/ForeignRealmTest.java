package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.client.fixtures.ScriptedServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A token service that a challenge names gets credentials only if it belongs to the registry or the options name it. */
@Timeout(60)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class ForeignRealmTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final byte[] BYTES = "content".getBytes(StandardCharsets.US_ASCII);
    private static final Digest DIGEST = Digest.sha256(BYTES);
    private static final String BASIC = "Basic Ym9iOnB3";

    private final AtomicReference<String> realm = new AtomicReference<>("");
    private final AtomicReference<String> accepted = new AtomicReference<>("Bearer T");
    private ScriptedServer tokens;
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        tokens = new ScriptedServer(request -> new Answer(200, "{\"token\":\"T\"}"));
        server = new ScriptedServer(request -> {
            if (request.target().startsWith("/token")) {
                return new Answer(200, "{\"token\":\"T\"}");
            }
            return request.authorization().equals(accepted.get())
                    ? new Answer(200, "content", "Content-Type", "application/octet-stream")
                    : new Answer(401, "", "WWW-Authenticate", "Bearer realm=\"" + realm.get() + "\",service=\"s\"");
        });
    }

    @AfterEach
    void stop() {
        tokens.close();
        server.close();
    }

    static List<Credentials> secrets() {
        return List.of(Credentials.of("bob", "pw"), Credentials.ofIdentityToken("identity"));
    }

    private RemoteOptions.Builder options(Credentials credentials) {
        return RemoteOptions.builder()
                .credentials(CredentialStore.of(server.address(), credentials))
                .retry(RetryPolicy.none());
    }

    private byte[] pull(RemoteOptions.Builder options) throws IOException {
        try (RemoteRegistry registry = RemoteRegistry.at(server.address(), options.build())) {
            return pull(registry);
        }
    }

    private static byte[] pull(RemoteRegistry registry) throws IOException {
        try (BlobContent content = registry.repository(NAME).blobs().open(DIGEST)) {
            return content.stream().readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void getsNoCredentialsAndIsNamedInTheMessage(Credentials credentials) {
        realm.set("http://" + tokens.otherName() + "/token");

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(options(credentials)))
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining("http://" + server.address() + " names the token service http://"
                        + tokens.otherName())
                .withMessageContaining("trustRealm(\"" + tokens.otherName() + "\")")
                .withMessageNotContaining("pw")
                .withMessageNotContaining("identity");

        assertThat(tokens.requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void getsCredentialsIfTheOptionsNameIt(Credentials credentials) throws IOException {
        realm.set("http://" + tokens.otherName() + "/token");

        assertThat(pull(options(credentials).trustRealm(tokens.otherName()))).isEqualTo(BYTES);
        assertThat(pull(options(credentials).trustRealm("LOCALHOST"))).isEqualTo(BYTES);

        assertThat(tokens.requests()).hasSize(2);
    }

    @Test
    void getsNothingIfTheOptionsNameAnotherPort() {
        realm.set("http://" + tokens.otherName() + "/token");

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(options(Credentials.of("bob", "pw")).trustRealm("localhost:1")))
                .withMessageContaining("trustRealm");

        assertThat(tokens.requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void getsCredentialsOnTheHostOfTheRegistry(Credentials credentials) throws IOException {
        realm.set("http://" + tokens.address() + "/token");

        assertThat(pull(options(credentials))).isEqualTo(BYTES);

        assertThat(tokens.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d@%s/token", "http://127.0.0.1@%2$s/token", "http://%2$s\\@127.0.0.1/token"})
    void getsNothingBehindAUserThatLooksLikeTheRegistry(String pattern) {
        realm.set(String.format(pattern, 5000, tokens.otherName()));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(options(Credentials.of("bob", "pw"))))
                .withMessageContaining("not an address");

        assertThat(tokens.requests()).isEmpty();
    }

    @Test
    void isAskedAnonymouslyWithoutCredentials() throws IOException {
        realm.set("http://" + tokens.otherName() + "/token");

        assertThat(pull(RemoteOptions.builder())).isEqualTo(BYTES);

        assertThat(tokens.requests()).extracting(Request::authorization).containsExactly("");
        assertThat(tokens.requests()).extracting(Request::target).noneMatch(target -> target.contains("account"));
    }

    @Test
    void getsNoRegistryToken() throws IOException {
        realm.set("http://" + tokens.otherName() + "/token");

        assertThat(pull(options(Credentials.ofRegistryToken("T")))).isEqualTo(BYTES);

        assertThat(tokens.requests()).isEmpty();
    }

    @Test
    void getsNothingWhenARegistryChangesItsChallenge() throws IOException {
        realm.set("http://" + tokens.address() + "/token");
        try (RemoteRegistry registry = RemoteRegistry.at(
                server.address(), options(Credentials.of("bob", "pw")).build())) {
            assertThat(pull(registry)).isEqualTo(BYTES);
            realm.set("http://" + tokens.otherName() + "/token");
            accepted.set("Bearer U");

            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> pull(registry))
                    .withMessageContaining("trustRealm");
        }

        assertThat(tokens.requests()).hasSize(1);
    }

    @Test
    void getsNoPasswordByARedirectOfATrustedTokenService() throws IOException {
        try (ScriptedServer redirecting = redirecting()) {
            realm.set("http://" + redirecting.address() + "/token");

            assertThat(pull(options(Credentials.of("bob", "pw")))).isEqualTo(BYTES);

            assertThat(redirecting.requests()).extracting(Request::authorization).containsExactly(BASIC);
        }
        assertThat(tokens.requests()).extracting(Request::authorization).containsExactly("");
    }

    @Test
    void getsNoIdentityTokenByARedirectOfATrustedTokenService() throws IOException {
        try (ScriptedServer redirecting = redirecting()) {
            realm.set("http://" + redirecting.address() + "/token");

            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> pull(options(Credentials.ofIdentityToken("identity"))))
                    .withMessageContaining("token service");

            assertThat(redirecting.requests()).isNotEmpty();
        }
        assertThat(tokens.requests()).isEmpty();
    }

    private ScriptedServer redirecting() throws IOException {
        return new ScriptedServer(
                request -> new Answer(307, "", "Location", "http://" + tokens.otherName() + "/token"));
    }

    /** The hosts are names that a proxy resolves, all to one server. */
    @ParameterizedTest
    @CsvSource({
        "registry.example.org, auth.example.org, true",
        "registry.example.org, auth.example.net, false",
        "registry.example.co.uk, evil.co.uk, false",
        "registry.example.org, registry.example.org.evil.com, false",
    })
    void getsCredentialsInTheDomainOfTheRegistry(String registryHost, String realmHost, boolean trusted)
            throws IOException {
        try (ScriptedServer proxy = new ScriptedServer(request -> {
            if (request.target().contains("/token")) {
                return new Answer(200, "{\"token\":\"T\"}");
            }
            return request.authorization().equals("Bearer T")
                    ? new Answer(200, "content", "Content-Type", "application/octet-stream")
                    : new Answer(401, "", "WWW-Authenticate", "Bearer realm=\"http://" + realmHost + "/token\"");
        })) {
            RemoteOptions options = throughProxy(
                    proxy,
                    options(Credentials.of("bob", "pw"))
                            .credentials(CredentialStore.of(registryHost, Credentials.of("bob", "pw")))
                            .plainHttp(registryHost)
                            .plainHttp(realmHost));
            try (RemoteRegistry registry = RemoteRegistry.at(registryHost, options)) {
                if (trusted) {
                    assertThat(pull(registry)).isEqualTo(BYTES);
                } else {
                    assertThatExceptionOfType(RegistryException.class)
                            .isThrownBy(() -> pull(registry))
                            .withMessageContaining("trustRealm(\"" + realmHost + "\")");
                }
            }
            assertThat(proxy.requests())
                    .filteredOn(request -> request.authorization().equals(BASIC))
                    .hasSize(trusted ? 1 : 0);
        }
    }

    @Test
    void isNotSoughtOnThisMachineByPlainHttpForARegistryElsewhere() throws IOException {
        try (ScriptedServer proxy = new ScriptedServer(request -> new Answer(
                401, "", "WWW-Authenticate", "Bearer realm=\"http://" + tokens.address() + "/token\""))) {
            RemoteOptions options = throughProxy(proxy, RemoteOptions.builder().plainHttp("registry.example.org"));
            try (RemoteRegistry registry = RemoteRegistry.at("registry.example.org", options)) {
                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> pull(registry))
                        .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                        .withMessageContaining("http://" + tokens.address())
                        .withMessageContaining("plain HTTP");
            }
        }

        assertThat(tokens.requests()).isEmpty();
    }

    private static RemoteOptions throughProxy(ScriptedServer proxy, RemoteOptions.Builder options) {
        int colon = proxy.address().lastIndexOf(':');
        Map<String, String> properties = Map.of(
                "http.proxyHost", proxy.address().substring(0, colon),
                "http.proxyPort", proxy.address().substring(colon + 1));
        properties.forEach(System::setProperty);
        try {
            return options.build();
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }
}
