package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.compose.DenyingRegistry;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.server.basic.BasicAuthenticator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a caller is, and what they see. */
class AuthenticationTest {
    private static final Map<String, String> USERS = Map.of("alice", "Wonderland: 1865", "bob", "", "zoë", "pässword");

    private static String basic(String credentials) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static TestServer guarded() throws Exception {
        return TestServer.start(builder -> builder.authenticator(BasicAuthenticator.of("Berth", USERS)));
    }

    @Test
    void challengesARequestWithoutCredentials() throws Exception {
        try (TestServer server = guarded()) {
            for (String path : new String[] {"/v2/", "/v2/a/manifests/1.0", "/v2/_catalog"}) {
                RawResponse response = server.get(path);

                assertThat(response.status()).isEqualTo(401);
                assertThat(response.codes()).containsExactly(ErrorCode.UNAUTHORIZED);
                assertThat(response.header("WWW-Authenticate")).hasValue("Basic realm=\"Berth\", charset=\"UTF-8\"");
                assertThat(response.header("Docker-Distribution-API-Version")).isPresent();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice:Wonderland: 1865", "bob:", "zoë:pässword"})
    void acceptsCorrectCredentials(String credentials) throws Exception {
        try (TestServer server = guarded()) {
            assertThat(server.get("/v2/", basic(credentials)).status()).isEqualTo(200);
            assertThat(server.get("/v2/", basic(credentials).replace("Basic", "bASIC"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice:wrong",
                "alice:",
                "alice",
                "nobody:",
                "nobody:x",
                ":",
                "",
                "bob:x",
                "Alice:Wonderland: 1865"
            })
    void refusesWrongCredentials(String credentials) throws Exception {
        try (TestServer server = guarded()) {
            RawResponse response = server.get("/v2/", basic(credentials));

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Bearer abc", "Basic YWxpY2U6", "nonsense"})
    void refusesOtherAuthorizationFields(String authorization) throws Exception {
        try (TestServer server = guarded()) {
            assertThat(server.get("/v2/", "Authorization: " + authorization).status())
                    .isEqualTo(401);
        }
    }

    /** Also clients that send empty credentials, when nobody is logged in. */
    @Test
    void blamesNoPasswordThatNobodySent() throws Exception {
        try (TestServer server = guarded()) {
            for (String authorization : new String[] {"Accept: */*", basic(":")}) {
                RawResponse response = server.get("/v2/", authorization);

                assertThat(response.status()).isEqualTo(401);
                assertThat(response.text())
                        .contains("Authentication is required")
                        .doesNotContain("wrong");
            }
            assertThat(server.get("/v2/", basic("alice:x")).text()).contains("The user name or the password is wrong");
        }
    }

    @Test
    void refusesSeveralAuthorizationFields() throws Exception {
        try (TestServer server = guarded()) {
            RawResponse response = server.get("/v2/", basic("bob:"), basic("bob:"));

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains("several Authorization fields");
        }
    }

    @Test
    void printsNoSecrets() {
        BasicAuthenticator authenticator = BasicAuthenticator.of("Berth", USERS);

        assertThat(authenticator.toString()).isEqualTo("BasicAuthenticator of 3 users");
        assertThatThrownBy(() -> BasicAuthenticator.of("Berth", Map.of("a:b", "topsecret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("topsecret");
        assertThatThrownBy(() -> BasicAuthenticator.of("a\"b", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void resolvesTheRegistryByCaller() throws Exception {
        Registry registry = TestServer.newRegistry();
        RegistryResolver resolver =
                (caller, access, request) -> caller.isAnonymous() ? ReadOnly.of(registry) : registry;
        try (RegistryServer server = RegistryServer.builder(resolver)
                        .authenticator(new OptionalAuthentication(BasicAuthenticator.of("Berth", USERS)))
                        .build()
                        .start();
                RawConnection connection = RawConnection.to(server.address())) {
            String post = "POST /v2/a/blobs/uploads/ HTTP/1.1\nHost: x\nContent-Length: 0\n";

            assertThat(connection.send(post + "\n").read().status()).isEqualTo(405);
            assertThat(connection.send(post + basic("bob:") + "\n\n").read().status())
                    .isEqualTo(202);
        }
    }

    @Test
    void challengesAnAnonymousCallerWhomTheRegistryRefuses() throws Exception {
        RegistryException refused = RegistryException.of(ErrorCode.UNAUTHORIZED, "Only for friends");
        Registry closed = new DenyingRegistry(operation -> refused, RegistryIdentity.unique()) {};
        try (TestServer server = TestServer.serving(
                closed,
                builder -> builder.authenticator(new OptionalAuthentication(BasicAuthenticator.of("Berth", USERS))))) {
            RawResponse response = server.get("/v2/a/manifests/1.0");

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.text()).contains("Only for friends");
            assertThat(response.header("WWW-Authenticate").orElseThrow()).contains("Berth");
        }
    }

    @Test
    void passesOnTheChallengesOfTheAuthenticator() throws Exception {
        RegistryException refusal = RegistryException.builder(
                        dev.berth.registry.RegistryError.of(ErrorCode.UNAUTHORIZED, "Get a token"))
                .challenges(List.of("Bearer realm=\"x\",scope=\"a\u00e4\"", "Basic realm=\"y\""))
                .build();
        try (TestServer server = TestServer.start(builder -> builder.authenticator((request, access) -> {
            throw refusal;
        }))) {
            assertThat(server.get("/v2/").all("WWW-Authenticate"))
                    .containsExactly("Bearer realm=\"x\",scope=\"a?\"", "Basic realm=\"y\"");
        }
    }

    @Test
    void authenticatesBeforeTheRegistryIsCalled() throws Exception {
        try (TestServer server = guarded()) {
            RawResponse response = server.exchange("PUT", "/v2/a/manifests/1.0", new byte[10]);

            assertThat(response.status()).isEqualTo(401);
        }
    }
}
