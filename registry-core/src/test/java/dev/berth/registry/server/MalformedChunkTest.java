package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks that are none get an error response, and end the connection. */
public class MalformedChunkTest extends ServedTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\n",
                "-5\nhello\n",
                "+5\nhello\n",
                "5 5\nhello\n",
                "\n",
                "5x\nhello\n",
                "1234567890123456\nhello\n",
                "5\nhelloworld\n",
                "5\nhello\n\n",
                "0x5\nhello\n"
            })
    void areRefused(String chunks) throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("POST /v2/a/blobs/uploads/?digest=sha256:" + "0".repeat(64)
                    + " HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n" + chunks + "0\n\n");

            RawResponse response = connection.read();

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.REQUEST_INVALID);
            assertThat(response.header("Connection")).hasValue("close");
        }
    }
}
