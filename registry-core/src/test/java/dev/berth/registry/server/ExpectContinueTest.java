package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that asks before it sends a body (RFC 9110, section 10.1.1). */
public class ExpectContinueTest extends ServedTest {
    private static final byte[] BLOB = "hello world".getBytes(StandardCharsets.US_ASCII);

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String post(String digest, String framing) {
        return "POST /v2/team/app/blobs/uploads/?digest=" + digest + " HTTP/1.1\nHost: x\nExpect: 100-continue\n"
                + framing + "\n\n";
    }

    @Test
    void sends100ContinueAtTheFirstRead() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send(post(Digest.sha256(BLOB).toString(), "Content-Length: " + BLOB.length));

            assertThat(connection.readHead().status()).isEqualTo(100);
            assertThat(connection.sendBytes(BLOB).read().status()).isEqualTo(201);
            assertThat(connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").read().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void sends100ContinueOnce() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send(post(Digest.sha256(BLOB).toString(), "Transfer-Encoding: chunked"));

            assertThat(connection.readHead().status()).isEqualTo(100);
            connection.send("5\nhello\n");
            connection.send("6\n world\n");
            assertThat(connection.send("0\n\n").read().status()).isEqualTo(201);
        }
    }

    @Test
    void sendsNo100ContinueBeforeAnError() throws Exception {
        try (RawConnection connection = server.connect()) {
            RawResponse response = connection
                    .send(post("nonsense", "Content-Length: " + BLOB.length))
                    .read();

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.header("Connection")).hasValue("close");
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void sendsNo100ContinueForAnEmptyBody() throws Exception {
        try (RawConnection connection = server.connect()) {
            RawResponse response = connection
                    .send("GET /v2/ HTTP/1.1\nHost: x\nExpect: 100-continue\n\n")
                    .read();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Connection")).isEmpty();
        }
    }

    @Test
    void refusesOtherExpectations() throws Exception {
        try (RawConnection connection = server.connect()) {
            RawResponse response = connection
                    .send("GET /v2/ HTTP/1.1\nHost: x\nExpect: a miracle\n\n")
                    .read();

            assertThat(response.status()).isEqualTo(417);
        }
    }
}
