package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What authenticators and resolvers learn of a request. */
class RequestedAccessTest {
    private static final String DIGEST = Digest.sha256(new byte[0]).toString();

    private final List<RequestedAccess> asked = new ArrayList<>();
    private final Registry registry = TestServer.newRegistry();
    private final RegistryHandler handler = RegistryServer.builder((caller, access, request) -> {
                asked.add(access);
                return registry;
            })
            .authenticator((request, access) -> {
                asked.add(access);
                return Caller.anonymous();
            })
            .route("/open", request -> RegistryResponse.builder(204).build())
            .build()
            .handler();

    private int ask(String method, String target) throws Exception {
        RegistryRequest request = RegistryRequest.builder(method, target.replace("DIGEST", DIGEST))
                .build();
        try (RegistryResponse response = handler.handle(request)) {
            return response.status();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v2/,                                      PING",
        "HEAD,   /v2/,                                      PING",
        "GET,    /v2/_catalog,                              CATALOG",
        "GET,    /v2/a/b/tags/list,                         PULL a/b",
        "GET,    /v2/a/referrers/DIGEST,                    PULL a",
        "GET,    /v2/a/manifests/1.0,                       PULL a",
        "HEAD,   /v2/a/manifests/1.0,                       PULL a",
        "PUT,    /v2/a/manifests/1.0,                       PUSH a",
        "DELETE, /v2/a/manifests/1.0,                       DELETE a",
        "GET,    /v2/a/blobs/DIGEST,                        PULL a",
        "HEAD,   /v2/a/blobs/DIGEST,                        PULL a",
        "DELETE, /v2/a/blobs/DIGEST,                        DELETE a",
        "POST,   /v2/a/blobs/uploads/,                      PUSH a",
        "POST,   /v2/a/blobs/uploads/?from=b,               PUSH a",
        "POST,   /v2/a/blobs/uploads/?mount=DIGEST,         PUSH a",
        "POST,   /v2/a/blobs/uploads/?mount=DIGEST&from=b/c, PUSH a from b/c",
        "GET,    /v2/a/blobs/uploads/x,                     PUSH a",
        "PATCH,  /v2/a/blobs/uploads/x,                     PUSH a",
        "PUT,    /v2/a/blobs/uploads/x?digest=DIGEST,       PUSH a",
        "DELETE, /v2/a/blobs/uploads/x,                     PUSH a",
    })
    void isToldToAuthenticatorAndResolver(String method, String target, String access) throws Exception {
        ask(method, target);

        assertThat(asked).extracting(RequestedAccess::toString).containsExactly(access, access);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /v2/../etc/tags/list,                            400",
        "GET,  /v2/A/manifests/1.0,                             400",
        "POST, /v2/a/blobs/uploads/?mount=DIGEST&from=../etc,   400",
        "GET,  /v2/a/tags/list?n=%,                             400",
        "POST, /v2/a/manifests/1.0,                             405",
        "GET,  /v2/a/nothing/here,                              404",
        "GET,  /open,                                           204",
    })
    void isNotAskedForWhereNothingCanBeProtected(String method, String target, int status) throws Exception {
        assertThat(ask(method, target)).isEqualTo(status);
        assertThat(asked).isEmpty();
    }

    @Test
    void isRefusedByAResolver() throws Exception {
        RegistryHandler closed = RegistryServer.builder((caller, access, request) -> {
                    if (access.action() != RequestedAccess.Action.PING) {
                        throw RegistryException.of(ErrorCode.DENIED, "Not " + access);
                    }
                    return registry;
                })
                .build()
                .handler();

        try (RegistryResponse ping =
                        closed.handle(RegistryRequest.builder("GET", "/v2/").build());
                RegistryResponse pull = closed.handle(
                        RegistryRequest.builder("GET", "/v2/a/tags/list").build())) {
            assertThat(ping.status()).isEqualTo(200);
            assertThat(pull.status()).isEqualTo(403);
        }
    }
}
