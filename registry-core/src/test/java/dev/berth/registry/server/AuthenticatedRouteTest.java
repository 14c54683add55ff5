package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.basic.BasicAuthenticator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages beside the API that only authenticated callers reach. */
class AuthenticatedRouteTest {
    private static final String ALICE = "Authorization: Basic "
            + Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
    private static final Map<String, String> USERS = Map.of("alice", "secret");

    private static RegistryResponse greet(RegistryRequest request) {
        return RegistryResponse.builder(200)
                .body(ResponseBody.of(("Hello " + request.caller().name()).getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    @Test
    void showsTheCallerToTheHandler() throws Exception {
        try (TestServer server =
                TestServer.start(builder -> builder.authenticator(BasicAuthenticator.of("Berth", USERS))
                        .authenticatedRoute("/pages/", AuthenticatedRouteTest::greet))) {
            assertThat(server.get("/pages/me", ALICE).text()).isEqualTo("Hello alice");
        }
    }

    @Test
    void challengesWhoeverIsNotAuthenticated() throws Exception {
        for (Authenticator authenticator : List.of(
                BasicAuthenticator.of("Berth", USERS),
                new OptionalAuthentication(BasicAuthenticator.of("Berth", USERS)))) {
            try (TestServer server = TestServer.start(builder -> builder.authenticator(authenticator)
                    .authenticatedRoute("/me", AuthenticatedRouteTest::greet)
                    .route("/open", AuthenticatedRouteTest::greet))) {
                RawResponse response = server.get("/me");

                assertThat(response.status()).isEqualTo(401);
                assertThat(response.header("WWW-Authenticate")).hasValue("Basic realm=\"Berth\", charset=\"UTF-8\"");
                assertThat(response.codes()).containsExactly(ErrorCode.UNAUTHORIZED);
                assertThat(server.get("/open").text()).isEqualTo("Hello ");
            }
        }
    }

    @Test
    void keepsChallengesOfOtherServersToItself() throws Exception {
        RegistryException foreign = RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, "Not you"))
                .challenges(List.of("Bearer realm=\"https://elsewhere.test/token\""))
                .build();
        try (TestServer server =
                TestServer.start(builder -> builder.authenticator(BasicAuthenticator.of("Berth", USERS))
                        .authenticatedRoute("/me", request -> {
                            throw foreign;
                        }))) {
            RawResponse response = server.get("/me", ALICE);

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.all("WWW-Authenticate")).isEmpty();
        }
    }

    @Test
    void needsAnAuthenticator() {
        RegistryServer.Builder builder = RegistryServer.builder(TestServer.newRegistry())
                .authenticatedRoute("/me", AuthenticatedRouteTest::greet);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/me");
        assertThatThrownBy(() -> builder.route("/me", AuthenticatedRouteTest::greet))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.authenticatedRoute("/v2/x", AuthenticatedRouteTest::greet))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
