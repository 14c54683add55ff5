package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that two programs in a row may understand differently are refused, and the connection ends: what follows them
 * would be a request for one and a body for the other. All texts here are sent as they are.
 */
class RequestFramingTest {
    private static final String HELLO =
            Digest.sha256("hello".getBytes(StandardCharsets.UTF_8)).toString();
    private static final String PUSH = "POST /v2/a/blobs/uploads/?digest=" + HELLO + " HTTP/1.1\r\nHost: x\r\n";
    private static final String CHUNKED = PUSH + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String SMUGGLED = "GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n";

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertRefused(String request) throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.sendBytes((request + SMUGGLED).getBytes(StandardCharsets.ISO_8859_1));

            RawResponse response = connection.read();

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.REQUEST_INVALID);
            assertThat(response.header("Connection")).hasValue("close");
            connection.hangUpSending();
            assertThat(connection.readToEnd()).as("another response").isEmpty();
        }
        assertThat(server.head("/v2/a/blobs/" + HELLO).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Lines that end with LF alone.
                "GET /v2/ HTTP/1.1\nHost: x\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\n\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\nOther: b\r\n\r\n",
                "\nGET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n",
                // A CR that ends no line.
                "GET /v2/ HTTP/1.1\r\rHost: x\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\r\nHost: x\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\rb\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\r\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: \ra\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\n\rName: a\r\n\r\n",
                // Lines that continue another one.
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\r\n b\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\r\n\tb\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName:\r\n a\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\r\n \r\n\r\n",
                "GET /v2/ HTTP/1.1\r\n Host: x\r\nHost: x\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\n\tHost: x\r\nHost: x\r\n\r\n",
                // Other characters.
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\u0000b\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\u0001b\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName: a\u007fb\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nNa\u0000me: a\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nNa me: a\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nName\t: a\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: x\r\nN\u00e4me: a\r\n\r\n",
                "GET /v2/\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v2/\u000b HTTP/1.1\r\nHost: x\r\n\r\n",
            })
    void inHeaders(String request) throws Exception {
        assertRefused(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding:\r\n chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding:\r\n\tchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n \r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: x\r\n chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding\u000b: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: \u000bchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: identity\r\n\r\nhello",
                "Content-Length:\r\n 5\r\n\r\nhello",
                "Content-Length: 5\r\n 5\r\n\r\nhello",
                "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                "Content-Length: 5 5\r\n\r\nhello",
                "Content-Length: 0x5\r\n\r\nhello",
                "Content-Length: 5\u0000\r\n\r\nhello",
                "Content-Length : 5\r\n\r\nhello",
            })
    void inFieldsThatFrameTheBody(String rest) throws Exception {
        assertRefused(PUSH + rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Lines that end with LF or CR alone.
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello\r\n0\n\r\n",
                "5\r\nhello\r\n0\r\n\n",
                "5\r\nhello\r\n0\r\nName: a\n\r\n",
                "5\rhello\r\n0\r\n\r\n",
                "5\r\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r0\r\n\r\n",
                "5\r\nhello\r\n0\r\n\r\r\n",
                "5\n;x\r\nhello\r\n0\r\n\r\n",
                // Extensions.
                "5;a\rb\r\nhello\r\n0\r\n\r\n",
                "5;a\nb\r\nhello\r\n0\r\n\r\n",
                "5;a\n\r\nhello\r\n0\r\n\r\n",
                "5;a\u0000b\r\nhello\r\n0\r\n\r\n",
                "5;a=\u0000\r\nhello\r\n0\r\n\r\n",
                "5;a=\"\u0000\"\r\nhello\r\n0\r\n\r\n",
                "5;a=\"\\\u0000\"\r\nhello\r\n0\r\n\r\n",
                "5;a=\"\r\"\r\nhello\r\n0\r\n\r\n",
                "5;a\u0001\r\nhello\r\n0\r\n\r\n",
                "5;a\u007f\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\\\r\nhello\r\n0\r\n\r\n",
                "5;a=b c\r\nhello\r\n0\r\n\r\n",
                "5;\r\nhello\r\n0\r\n\r\n",
                "5;a=\r\nhello\r\n0\r\n\r\n",
                "5\u0000\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "\u0000" + "5\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0;a\u0000\r\n\r\n",
                "5\r\nhello\r\n0;a\n\r\n\r\n",
                // Sizes.
                "+5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "5_\r\nhello\r\n0\r\n\r\n",
                "\u00b5\r\nhello\r\n0\r\n\r\n",
                "10000000000000005\r\nhello\r\n0\r\n\r\n",
                "ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "4\r\nhello\r\n0\r\n\r\n",
                // Trailers.
                "5\r\nhello\r\n0\r\nName: a\r\n b\r\n\r\n",
                "5\r\nhello\r\n0\r\nName : a\r\n\r\n",
                "5\r\nhello\r\n0\r\nName: a\u0000b\r\n\r\n",
                "5\r\nhello\r\n0\r\nName: a\rb\r\n\r\n",
                "5\r\nhello\r\n0\r\nnonsense\r\n\r\n",
                "5\r\nhello\r\n0\r\n: a\r\n\r\n",
                "5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n",
                "5\r\nhello\r\n0\r\ntransfer-encoding: chunked\r\n\r\n",
                "5\r\nhello\r\n0\r\nHost: y\r\n\r\n",
            })
    void inChunks(String chunks) throws Exception {
        assertRefused(CHUNKED + chunks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nhello\r\n0\r\n\r\n",
                "05\r\nhello\r\n000\r\n\r\n",
                "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
                "5;name\r\nhello\r\n0\r\n\r\n",
                "5 ; name = value ; other\r\nhello\r\n0;last\r\n\r\n",
                "5;name=\"a \\\" b\u00e4;\t\"\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nName: value\r\nOther:\r\n\r\n",
            })
    void butWhatIsRegularIsNot(String chunks) throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.sendBytes((CHUNKED + chunks + SMUGGLED).getBytes(StandardCharsets.ISO_8859_1));

            assertThat(connection.read().status()).isEqualTo(201);
            assertThat(connection.read().status()).as("the next request").isEqualTo(200);
        }
    }

    @Test
    void inTrailersThatAreTooLargeTogether() throws Exception {
        assertRefused(CHUNKED + "5\r\nhello\r\n0\r\n" + ("Name: " + "x".repeat(10_000) + "\r\n").repeat(4) + "\r\n");
    }

    @Test
    void butBytesThatAreNotAsciiMayStandInAValue() throws Exception {
        assertThat(server.get("/v2/", "Name: \u00e4\u00ff").status()).isEqualTo(200);
    }
}
