package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.fixtures.Expected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Handlers beside the API. */
class RouteTest {

    private static RegistryHandler saying(String text) {
        return request -> RegistryResponse.builder(200)
                .body(ResponseBody.of((text + " " + request.target()).getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    @Test
    void respondAtTheirPaths() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.route("/health", saying("health"))
                .route("/pages/", saying("page"))
                .route("/pages/more/", saying("more"))
                .route("/pages/more/exactly", saying("exactly")))) {
            assertThat(server.get("/health?x=y").text()).isEqualTo("health /health?x=y");
            assertThat(server.get("/pages/a/b%20c").text()).isEqualTo("page /pages/a/b%20c");
            assertThat(server.get("/pages/").text()).isEqualTo("page /pages/");
            assertThat(server.get("/pages/more/x").text()).isEqualTo("more /pages/more/x");
            assertThat(server.get("/pages/more/exactly").text()).isEqualTo("exactly /pages/more/exactly");
            assertThat(server.get("/pages/n").text()).isEqualTo("page /pages/n");
            assertThat(server.get("/pages").status()).isEqualTo(404);
            assertThat(server.get("/health/").status()).isEqualTo(404);
            assertThat(server.get("/v2/").text()).isEqualTo("{}");
        }
    }

    @Test
    void mayCoverEverythingBesideTheApi() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.route("/", saying("here")))) {
            assertThat(server.get("/any/where").text()).isEqualTo("here /any/where");
            assertThat(server.get("/v2/nothing").status()).isEqualTo(404);
            assertThat(server.get("/v2").status()).isEqualTo(200);
        }
    }

    @Test
    void neverSeeAmbiguousPaths() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.route("/", saying("here")))) {
            for (String path :
                    new String[] {"/..", "/a/../b", "/a/./b", "/%2e%2e/etc", "/a/.%2E/b", "/a%2fb", "/a/%5C..", "/."}) {
                assertThat(server.get(path).status()).as(path).isEqualTo(400);
            }
            assertThat(server.get("/a/.hidden/...").status()).isEqualTo(200);
        }
    }

    @Test
    void returnErrorBodiesForExceptions() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.route("/denied", request -> {
                    throw RegistryException.of(ErrorCode.DENIED, "Not for you");
                })
                .route("/broken", request -> {
                    throw Expected.failure(new IOException("a file is missing"));
                }))) {
            assertThat(server.get("/denied").codes()).containsExactly(ErrorCode.DENIED);
            RawResponse broken = server.get("/broken");
            assertThat(broken.status()).isEqualTo(500);
            assertThat(broken.text()).doesNotContain("file");
        }
    }

    @Test
    void cannotOverlapWithTheApiOrEachOther() {
        RegistryServer.Builder builder =
                RegistryServer.builder(TestServer.newRegistry()).route("/health", saying("x"));

        for (String path : new String[] {"health", "/v2", "/v2/", "/v2/x", "/a?b", "/a%20b", "/health", ""}) {
            assertThatThrownBy(() -> builder.route(path, saying("y")))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
