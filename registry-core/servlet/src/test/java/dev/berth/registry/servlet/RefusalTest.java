package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.server.RawConnection;
import dev.berth.registry.server.RawResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container refuses before a servlet sees it: clients get an error of the specification. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RefusalTest {
    private static final String LARGE = "x".repeat(40_000);

    private final Container.Kind kind;
    private Container container;

    RefusalTest(Container.Kind kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() throws Exception {
        container = kind.start(
                "",
                new RegistryServlet(
                        RegistryServer.builder(TestServer.newRegistry()).build().handler()));
    }

    @AfterAll
    void stop() {
        container.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v2/a%2Fb/tags/list HTTP/1.1\nHost: x\n\n",
                "GET /v2/%zz HTTP/1.1\nHost: x\n\n",
                "GET /v2/../../etc HTTP/1.1\nHost: x\n\n",
                "GET /v2/\"<> HTTP/1.1\nHost: x\n\n",
                "GET /v2/ HTTP/1.1\n\n",
                "GET /v2/ HTTP/1.1\nHost: x\nHost: y\n\n",
                "GET /v2/ HTTP/1.1\nHost: x:y:z\n\n",
                "GET /v2/ HTTP/9.9\nHost: x\n\n",
                "G@T /v2/ HTTP/1.1\nHost: x\n\n",
                "POST /v2/a/blobs/uploads/ HTTP/1.1\nHost: x\nContent-Length: many\n\n",
                "POST /v2/a/blobs/uploads/ HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\n",
                "POST /v2/a/blobs/uploads/ HTTP/1.1\nHost: x\nTransfer-Encoding: secret\n\n",
                "GET /v2/ HTTP/1.1\nHost: x\nNo colon\n\n",
                "GET /v2/LARGE HTTP/1.1\nHost: x\n\n",
                "GET /v2/ HTTP/1.1\nHost: x\nX-Large: LARGE\n\n",
            })
    void hasTheBodyOfAnError(String request) throws Exception {
        RawResponse response;
        try (RawConnection connection = RawConnection.to(container.address())) {
            response = connection.send(request.replace("LARGE", LARGE)).read();
        }

        assertThat(response.status()).isBetween(400, 505);
        assertThat(response.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(response.codes()).hasSize(1).doesNotContain(ErrorCode.UNKNOWN);
    }
}
