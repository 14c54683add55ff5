package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that try to lead elsewhere. */
class AddressTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/%/manifests/1.0",
                "/v2/a%/manifests/1.0",
                "/v2/a%2/manifests/1.0",
                "/v2/a%zz/manifests/1.0",
                "/v2/a/manifests/%ff",
                "/v2/a/manifests/%00",
                "/v2/a/manifests/x%0d%0aSet-Cookie:x",
                "/v2/a%2fb/manifests/1.0",
                "/v2/a/..%2f..%2fetc/manifests/1.0",
                "/v2/a/manifests/..%2F..%2Fb",
                "/v2/a/blobs/..%5c..%5cb",
                "/v2/a%5cb/tags/list",
                "/v2/a/blobs/uploads/..%2f..%2fb",
                "/v2/a/tags/list?n=%",
                "/v2/a/tags/list?n=%zz",
                "/v2/a/tags/list?%ff=1",
            })
    void areRefusedWhenTheirEscapesAre(String path) throws Exception {
        RawResponse response = server.get(path);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.REQUEST_INVALID);
        assertThat(response.header("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/../../etc/passwd/manifests/1.0",
                "/v2/../manifests/1.0",
                "/v2/a/../b/tags/list",
                "/v2/./blobs/sha256:0",
                "/v2/%2e%2e/manifests/1.0",
                "/v2/a/%2e%2e/%2E%2E/tags/list",
                "/v2/a/./b/referrers/sha256:0",
                "/v2/..a/manifests/1.0",
                "/v2/a../blobs/uploads/x",
                "/v2/_a/manifests/1.0",
                "/v2/_berth/uploads/manifests/x",
            })
    void areRefusedWhenTheirNamesAre(String path) throws Exception {
        RawResponse response = server.get(path);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.NAME_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/a/manifests/..", "/v2/a/manifests/%2e%2e", "/v2/a/manifests/."})
    void areRefusedWhenTheirTagsAre(String path) throws Exception {
        RawResponse response = server.get(path);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.TAG_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/../etc/passwd", "/../../etc/passwd", "/v2/a/../../x", "/etc/passwd"})
    void areNotFoundOutsideTheApi(String path) throws Exception {
        assertThat(server.get(path).status()).isIn(400, 404);
    }

    @Test
    void mayHaveRepositoriesNamedLikePartsOfThePath() throws Exception {
        for (String name :
                new String[] {"manifests", "blobs/uploads", "tags/list", "a/manifests/b", "v2", "referrers/x"}) {
            server.repository(name)
                    .manifests()
                    .put(Samples.image(server.repository(name), "one"), dev.berth.registry.Tag.parse("list"));

            assertThat(server.get("/v2/" + name + "/manifests/list").status())
                    .as(name)
                    .isEqualTo(200);
            assertThat(server.get("/v2/" + name + "/tags/list").text()).as(name).contains("\"" + name + "\"");
            String location = server.exchange("POST", "/v2/" + name + "/blobs/uploads/")
                    .header("Location")
                    .orElseThrow();
            assertThat(server.get(location).status()).as(name).isEqualTo(204);
        }
    }

    @Test
    void mayHaveUnknownParameters() throws Exception {
        assertThat(server.get("/v2/?x=y&&=&z").status()).isEqualTo(200);
        assertThat(server.get("/v2/?ns=registry.example").status()).isEqualTo(200);
    }
}
