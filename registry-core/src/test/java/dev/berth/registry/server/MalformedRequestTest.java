package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are not HTTP as it should be get the same kind of answer as any other that cannot be served. */
class MalformedRequestTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> malformed() {
        String post = "POST /v2/a/blobs/uploads/ HTTP/1.1\nHost: x\n";
        return Stream.of(
                Arguments.of("no version", "GET /v2/\n\n", 400),
                Arguments.of("no address", "GET\n\n", 400),
                Arguments.of("another protocol", "GET /v2/ SMTP/1.1\nHost: x\n\n", 400),
                Arguments.of("more than a version", "GET /v2/ HTTP/1.1 please\nHost: x\n\n", 400),
                Arguments.of("two blanks", "GET  /v2/ HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("a blank at the end", "GET /v2/ HTTP/1.1 \nHost: x\n\n", 400),
                Arguments.of("a blank before the method", " GET /v2/ HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("a tab for a blank", "GET\t/v2/ HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("a version of three digits", "GET /v2/ HTTP/1.10\nHost: x\n\n", 400),
                Arguments.of("a version with a sign", "GET /v2/ HTTP/+1.1\nHost: x\n\n", 400),
                Arguments.of("a version before the first", "GET /v2/ HTTP/0.9\nHost: x\n\n", 505),
                Arguments.of("another version", "GET /v2/ HTTP/3.0\nHost: x\n\n", 505),
                Arguments.of("the beginning of HTTP/2", "PRI * HTTP/2.0\n\nSM\n\n", 505),
                Arguments.of("a method that is none", "GE(T /v2/ HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("an address without slash", "GET v2/ HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("an address of another protocol", "GET ftp://x/v2/ HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("a query that ends like a scheme", "GET x?a=://y/v2/ HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("a fragment", "GET /v2/#x HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("a byte that is not ASCII", "GET /v2/\u00e4 HTTP/1.1\nHost: x\n\n", 400),
                Arguments.of("a header without colon", "GET /v2/ HTTP/1.1\nHost: x\nnonsense\n\n", 400),
                Arguments.of("a header without name", "GET /v2/ HTTP/1.1\nHost: x\n: x\n\n", 400),
                Arguments.of("a blank before the colon", "GET /v2/ HTTP/1.1\nHost: x\nName : x\n\n", 400),
                Arguments.of("a nought in a header", "GET /v2/ HTTP/1.1\nHost: x\nName: \u0000\n\n", 400),
                Arguments.of("a lone return in a header", "GET /v2/ HTTP/1.1\nHost: x\nName: a\rb\n\n", 400),
                Arguments.of("two lengths", post + "Content-Length: 5\nContent-Length: 6\n\n", 400),
                Arguments.of("a list of lengths", post + "Content-Length: 5, 5\n\n", 400),
                Arguments.of("a negative length", post + "Content-Length: -5\n\n", 400),
                Arguments.of("a length with a sign", post + "Content-Length: +5\n\n", 400),
                Arguments.of("a length of many digits", post + "Content-Length: 99999999999999999999\n\n", 400),
                Arguments.of("no length", post + "Content-Length:\n\n", 400),
                Arguments.of("length and chunks", post + "Content-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n", 400),
                Arguments.of("chunks in gzip", post + "Transfer-Encoding: gzip, chunked\n\n", 501),
                Arguments.of("chunks twice", post + "Transfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n", 501),
                Arguments.of("something else than chunks", post + "Transfer-Encoding: xchunked\n\n", 501),
                Arguments.of(
                        "chunks of an old client",
                        post.replace("1.1", "1.0") + "Transfer-Encoding: chunked\n\n0\n\n",
                        400),
                Arguments.of("a long address", "GET /" + "x".repeat(40_000) + " HTTP/1.1\nHost: x\n\n", 414),
                Arguments.of("a long header", "GET /v2/ HTTP/1.1\nHost: x\nName: " + "x".repeat(40_000) + "\n\n", 431),
                Arguments.of("many headers", "GET /v2/ HTTP/1.1\nHost: x\n" + "Name: x\n".repeat(100) + "\n", 431),
                Arguments.of(
                        "large headers",
                        "GET /v2/ HTTP/1.1\nHost: x\n" + ("Name: " + "x".repeat(8_000) + "\n").repeat(8) + "\n",
                        431));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void getAnErrorResponseAndEndTheConnection(String name, String request, int status) throws Exception {
        try (RawConnection connection = server.connect()) {
            RawResponse response = connection.send(request).read();

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.codes()).containsExactly(ErrorCode.REQUEST_INVALID);
            assertThat(response.header("Content-Type")).hasValue("application/json");
            assertThat(response.header("Connection")).hasValue("close");
            connection.hangUpSending();
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void areNotServedWithTruncatedHeaders() throws Exception {
        dev.berth.registry.Manifest manifest = Samples.image(server.repository("team/app"), "one");
        server.repository("team/app").manifests().put(manifest, dev.berth.registry.Tag.parse("1.0"));
        for (String request : new String[] {
            "DELETE /v2/team/app/manifests/1.0 HTTP/1.1\nHost: x",
            "DELETE /v2/team/app/manifests/1.0 HTTP/1.1\nHost: x\n",
            "DELETE /v2/team/app/manifests/1.0 HTTP/1.1\n",
        }) {
            try (RawConnection connection = server.connect()) {
                connection.send(request).hangUpSending();

                assertThat(connection.readToEnd()).isEmpty();
            }
        }
        assertThat(server.get("/v2/team/app/manifests/1.0").status()).isEqualTo(200);
    }

    @Test
    void doNotIncludeAHundredHeaderFields() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1\nHost: x\n" + "Name: x\n".repeat(99) + "\n");

            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void doNotIncludeLeadingEmptyLines() throws Exception {
        try (RawConnection connection = server.connect()) {
            assertThat(connection
                            .send("\n\nGET /v2/ HTTP/1.1\nHost: x\n\n")
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }
}
