package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.contract.Cases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** "Determining Support". */
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

    @Test
    void saysThatThisIsARegistry() {
        Cases.of("/v2/", "/v2").check(path -> {
            Answer answer = server.get(path);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Docker-Distribution-API-Version")).hasValue("registry/2.0");
            assertThat(answer.text()).isEqualTo("{}");
        });
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() throws Exception {
        Answer answer = server.head("/v2/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).hasValue("2");
    }

    @Test
    void saysThatThereIsNothingElsewhere() {
        Cases.of("/", "/v1/", "/v2/team/app", "/v2/tags/list", "/v2/team/app/tags", "/favicon.ico", "/v3/_catalog")
                .check(path -> {
                    Answer answer = server.get(path);

                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(answer.header("Content-Type")).hasValue("application/json");
                    assertThat(answer.text()).startsWith("{\"errors\":[{\"code\":\"NOT_FOUND\"");
                });
    }
}
