package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.compose.DenyingRegistry;
import dev.berth.registry.server.basic.BasicAuthenticator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the clients of a server see when the registry behind it, which is another server, refuses it. */
class UpstreamRefusalTest {
    private static final String DIGEST = Digest.sha256(new byte[0]).toString();
    private static final String ALICE = "Authorization: Basic "
            + Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));

    /** A client's exchange with a front server, and what is to hold of the response. */
    private interface Check {
        void with(TestServer front) throws Exception;
    }

    private static void overGuardedUpstream(UnaryOperator<RegistryServer.Builder> front, Check check) throws Exception {
        overUpstream(
                TestServer.start(builder ->
                        builder.authenticator(BasicAuthenticator.of("Upstream", Map.of("friend", "of the upstream")))),
                front,
                check);
    }

    private static void overUpstream(TestServer upstream, UnaryOperator<RegistryServer.Builder> front, Check check)
            throws Exception {
        RemoteOptions options =
                RemoteOptions.builder().retry(RetryPolicy.none()).build();
        try (upstream;
                RemoteRegistry remote =
                        RemoteRegistry.at(upstream.server().uri().toString(), options);
                TestServer server = TestServer.serving(remote, front)) {
            check.with(server);
        }
    }

    private static RawResponse send(TestServer server, String method, String target, String... headers)
            throws Exception {
        String path = target.replace("DIGEST", DIGEST);
        return method.equals("HEAD") ? server.head(path, headers) : server.exchange(method, path, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v2/a/manifests/1.0",
        "HEAD,   /v2/a/manifests/1.0",
        "GET,    /v2/a/manifests/DIGEST",
        "DELETE, /v2/a/manifests/1.0",
        "GET,    /v2/a/blobs/DIGEST",
        "HEAD,   /v2/a/blobs/DIGEST",
        "DELETE, /v2/a/blobs/DIGEST",
        "GET,    /v2/a/tags/list",
        "GET,    /v2/_catalog",
        "GET,    /v2/a/referrers/DIGEST",
        "POST,   /v2/a/blobs/uploads/",
        "POST,   /v2/a/blobs/uploads/?digest=DIGEST",
        "POST,   /v2/a/blobs/uploads/?mount=DIGEST&from=b",
    })
    void isDeniedWithoutTheUpstreamsChallenge(String method, String target) throws Exception {
        overGuardedUpstream(builder -> builder, front -> {
            RawResponse response = send(front, method, target);

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.all("WWW-Authenticate")).isEmpty();
            assertThat(response.toString()).doesNotContain("realm");
            if (!method.equals("HEAD")) {
                assertThat(response.codes()).containsExactly(ErrorCode.DENIED);
            }
        });
    }

    @Test
    void isDeniedWithoutTheUpstreamsChallengeForTheManifestThatIsPushed() throws Exception {
        overGuardedUpstream(builder -> builder, front -> {
            RawResponse response = front.exchange(
                    "PUT",
                    "/v2/a/manifests/1.0",
                    "{\"schemaVersion\":2,\"layers\":[]}".getBytes(StandardCharsets.UTF_8),
                    "Content-Type: application/vnd.oci.image.manifest.v1+json");

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.all("WWW-Authenticate")).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void isDeniedToCallersWhomTheFrontServerKnows(String method) throws Exception {
        overGuardedUpstream(
                builder -> builder.authenticator(BasicAuthenticator.of("Front", Map.of("alice", "secret"))), front -> {
                    assertThat(send(front, method, "/v2/a/manifests/1.0").header("WWW-Authenticate"))
                            .hasValue("Basic realm=\"Front\", charset=\"UTF-8\"");

                    RawResponse response = send(front, method, "/v2/a/manifests/1.0", ALICE);

                    assertThat(response.status()).isEqualTo(403);
                    assertThat(response.all("WWW-Authenticate")).isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHORIZED, 403", "DENIED, 403", "UNAVAILABLE, 503", "TOOMANYREQUESTS, 429"})
    void keepsTheKindOfAnyOtherRefusal(ErrorCode upstream, int status) throws Exception {
        Registry refusing = new DenyingRegistry(
                operation -> RegistryException.of(upstream, "Not now"), RegistryIdentity.unique()) {};
        overUpstream(TestServer.serving(refusing, builder -> builder), builder -> builder, front -> {
            RawResponse response = front.get("/v2/a/blobs/" + DIGEST);

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.all("WWW-Authenticate")).isEmpty();
        });
    }
}
