package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry answers under every name that leads to it. */
class HostTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawResponse send(String request) throws Exception {
        try (RawConnection connection = server.connect()) {
            return connection.send(request).read();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example", "registry.example:1", "127.0.0.1:5000", "[::1]:80", "_", ""})
    void acceptsEveryHost(String host) throws Exception {
        assertThat(send("GET /v2/ HTTP/1.1\nHost: " + host + "\n\n").status()).isEqualTo(200);
    }

    @Test
    void acceptsAHostInTheRequestLine() throws Exception {
        assertThat(send("GET http://registry.example:1/v2/ HTTP/1.1\nHost: x\n\n")
                        .status())
                .isEqualTo(200);
        assertThat(send("GET http://registry.example HTTP/1.1\nHost: x\n\n").status())
                .isEqualTo(404);
        assertThat(send("GET http://registry.example?a=/v2/ HTTP/1.1\nHost: x\n\n")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void requiresExactlyOneHostField() throws Exception {
        for (String hosts : new String[] {"", "Host: a\nHost: b\n"}) {
            RawResponse response = send("GET /v2/ HTTP/1.1\n" + hosts + "\n");

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.REQUEST_INVALID);
        }
    }

    @Test
    void requiresNoHostOfHttp10() throws Exception {
        RawResponse response = send("GET /v2/ HTTP/1.0\n\n");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Connection")).hasValue("close");
    }

    @Test
    void keepsAPathThatBeginsWithTwoSlashes() throws Exception {
        assertThat(send("GET //v2/ HTTP/1.1\nHost: x\n\n").status()).isEqualTo(404);
    }
}
