package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Determining Support". */
@Tag("end-1")
@Tag("end-1")
class PingTest {
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
    @ValueSource(strings = {"/v2/", "/v2"})
    void identifiesARegistry(String path) throws Exception {
        RawResponse response = server.get(path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Docker-Distribution-API-Version")).hasValue("registry/2.0");
        assertThat(response.text()).isEqualTo("{}");
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() throws Exception {
        RawResponse response = server.head("/v2/");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).hasValue("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/v1/", "/v2/team/app", "/v2/tags/list", "/v2/team/app/tags", "/favicon.ico", "/v3/_catalog"
            })
    void isNotFoundElsewhere(String path) throws Exception {
        RawResponse response = server.get(path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Content-Type")).hasValue("application/json");
        assertThat(response.text()).startsWith("{\"errors\":[{\"code\":\"NOT_FOUND\"");
    }
}
