package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RepositoryName;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller whose credentials are restricted: here, to reading {@code base} and pushing to {@code app}. */
class CallerLimitTest {
    private static final Set<RequestedAccess> ALLOWED = Set.of(
            RequestedAccess.pull(RepositoryName.parse("base")), RequestedAccess.push(RepositoryName.parse("app")));

    private static boolean isAllowed(RequestedAccess access) {
        return access.action() == RequestedAccess.Action.PUSH
                ? ALLOWED.contains(RequestedAccess.push(access.repository().orElseThrow()))
                : ALLOWED.contains(access);
    }

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(builder -> builder.authenticator((request, access) -> Caller.builder("robot")
                        .limit(CallerLimitTest::isAllowed)
                        .build())
                .authenticatedRoute(
                        "/page", request -> RegistryResponse.builder(204).build()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void mayDoWhatTheLimitAllows() throws Exception {
        Digest blob = Samples.pushBlob(server.repository("base"), new byte[10]);

        assertThat(server.get("/v2/base/blobs/" + blob).status()).isEqualTo(200);
        assertThat(server.exchange("POST", "/v2/app/blobs/uploads/").status()).isEqualTo(202);
        assertThat(server.get("/v2/").status()).isEqualTo(200);
    }

    @Test
    void isDeniedEverythingElse() throws Exception {
        RawResponse push = server.exchange("POST", "/v2/base/blobs/uploads/");

        assertThat(push.status()).isEqualTo(403);
        assertThat(push.codes()).containsExactly(ErrorCode.DENIED);
        assertThat(server.get("/v2/app/tags/list").status()).isEqualTo(403);
        assertThat(server.exchange("DELETE", "/v2/app/manifests/1.0").status()).isEqualTo(403);
        assertThat(server.get("/v2/_catalog").status()).isEqualTo(403);
        assertThat(server.get("/page").status()).isEqualTo(403);
    }

    @Test
    void mountsOnlyFromWhatItMayRead() throws Exception {
        Digest readable = Samples.pushBlob(server.repository("base"), new byte[10]);
        Digest hidden = Samples.pushBlob(server.repository("secret"), new byte[20]);
        String mount = "/v2/app/blobs/uploads/?mount=";

        assertThat(server.exchange("POST", mount + readable + "&from=base").status())
                .isEqualTo(201);
        assertThat(server.exchange("POST", mount + hidden + "&from=secret").status())
                .isEqualTo(202);
        assertThat(server.exchange("POST", mount + hidden).status()).isEqualTo(202);
    }
}
