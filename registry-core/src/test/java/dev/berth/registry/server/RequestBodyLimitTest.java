package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More uploads than there may be at the same time. */
public class RequestBodyLimitTest extends ServedTest {
    private static final byte[] BLOB = {1, 2, 3};
    private static final String PUSH =
            "POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(BLOB) + " HTTP/1.1\nHost: x\nExpect: 100-continue\n";

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve(builder ->
                builder.limits(ServerLimits.builder().maxRequestBodies(2).build()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Begins an upload, and returns when the server waits for its body. */
    private RawConnection begin(String framing) throws Exception {
        RawConnection connection = server.connect();
        connection.send(PUSH + framing + "\n\n");
        assertThat(connection.readHead().status()).isEqualTo(100);
        return connection;
    }

    @Test
    void isRefusedBeforeItsBodyIsRead() throws Exception {
        try (RawConnection first = begin("Content-Length: 3");
                RawConnection second = begin("Transfer-Encoding: chunked");
                RawConnection third = server.connect()) {
            RawResponse response = third.send(PUSH + "Content-Length: 3\n\n").read();

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.codes()).containsExactly(ErrorCode.UNAVAILABLE);
            assertThat(response.header("Retry-After")).hasValue("1");
            assertThat(server.get("/v2/").status())
                    .as("a request without a body")
                    .isEqualTo(200);
            assertThat(server.exchange("POST", "/v2/a/blobs/uploads/").status())
                    .as("the start of an upload")
                    .isEqualTo(202);

            assertThat(first.sendBytes(BLOB).read().status()).isEqualTo(201);
            try (RawConnection fourth = begin("Content-Length: 3")) {
                assertThat(fourth.sendBytes(BLOB).read().status()).isEqualTo(201);
            }
            assertThat(second.sendBytes(new byte[] {'3', '\r', '\n', 1, 2, 3, '\r', '\n', '0', '\r', '\n', '\r', '\n'})
                            .read()
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void isAShareOfTheConnectionsByDefault() {
        assertThat(ServerLimits.builder().maxConnections(4).build().maxRequestBodies())
                .isEqualTo(3);
        assertThat(ServerLimits.builder().maxConnections(1).build().maxRequestBodies())
                .isEqualTo(1);
        assertThat(ServerLimits.builder()
                        .maxConnections(Integer.MAX_VALUE)
                        .build()
                        .maxRequestBodies())
                .isLessThanOrEqualTo((int) (Runtime.getRuntime().maxMemory() / (256 * 1024)));
        ServerLimits limits = ServerLimits.builder().maxRequestBodies(7).build();
        assertThat(limits.toBuilder().build().maxRequestBodies()).isEqualTo(7);
        assertThat(limits.toBuilder().maxRequestBodies(8).build().maxRequestBodies())
                .isEqualTo(8);
    }
}
