package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import java.io.InputStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths, offsets and counts that are no natural numbers. */
public class NegativeLengthTest extends ServedTest {
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
                "-1",
                "+1",
                "-0",
                "0x10",
                "1.0",
                "1 0",
                "",
                "99999999999999999999",
                "-9223372036854775808",
                "\u0661"
            })
    void areRefusedAsContentLength(String length) throws Exception {
        try (RawConnection connection = server.connect()) {
            RawResponse response = connection
                    .send("POST /v2/a/blobs/uploads/ HTTP/1.1\nHost: x\nContent-Length: " + length + "\n\n")
                    .read();

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.REQUEST_INVALID);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "fffffffffffffffff", "-0", ""})
    void areRefusedAsTheSizeOfAChunk(String size) throws Exception {
        try (RawConnection connection = server.connect()) {
            RawResponse response = connection
                    .send("POST /v2/a/blobs/uploads/?digest=" + Digest.sha256(new byte[0])
                            + " HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n" + size + "\n\n")
                    .read();

            assertThat(response.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "x"})
    void areRefusedAsTheSizeOfAPage(String count) throws Exception {
        Samples.pushBlob(server.repository("a"), new byte[1]);

        assertThat(server.get("/v2/_catalog?n=" + count).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=-1-5", "bytes=--5", "bytes=5--1", "bytes=+1-5"})
    void areIgnoredAsTheRangeOfABlob(String range) throws Exception {
        Digest blob = Samples.pushBlob(server.repository("a"), new byte[10]);

        assertThat(server.get("/v2/a/blobs/" + blob, "Range: " + range).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1-5", "5-1", "+0-5", "0-99999999999999999999", "-5--1", "0--1"})
    void areRefusedAsTheRangeOfAChunk(String range) throws Exception {
        int status = server.exchange("PATCH", startUpload(), new byte[6], "Content-Range: " + range)
                .status();

        assertThat(status).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+0", "x"})
    void areRefusedAsTheOffsetOfAChunk(String offset) throws Exception {
        assertThat(server.exchange("PATCH", startUpload(), new byte[6], "Upload-Offset: " + offset)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void areRefusedAsTheRangeOfAChunkWhoseLengthIsTooLargeToCount() throws Exception {
        try (RawConnection connection = server.connect()) {
            RawResponse response = connection
                    .send("PATCH " + startUpload() + " HTTP/1.1\nHost: x\nContent-Range: 0-9223372036854775807\n"
                            + "Transfer-Encoding: chunked\n\n1\nx\n0\n\n")
                    .read();

            assertThat(response.status()).isEqualTo(400);
        }
    }

    private String startUpload() throws Exception {
        return server.exchange("POST", "/v2/a/blobs/uploads/")
                .header("Location")
                .orElseThrow();
    }

    @Test
    void areNoLengthOfABodyWithoutASocket() {
        RegistryRequest.Builder request = RegistryRequest.builder("POST", "/v2/a/blobs/uploads/");

        assertThatThrownBy(() -> request.body(InputStream.nullInputStream(), OptionalLong.of(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void doNotMatterInAFieldThatTheTransportHasReplaced() throws Exception {
        RegistryRequest request = RegistryRequest.builder(
                        "POST", "/v2/a/blobs/uploads/?digest=" + Digest.sha256(new byte[0]))
                .header("Content-Length", "-1")
                .body(InputStream.nullInputStream(), OptionalLong.of(0))
                .build();

        try (RegistryResponse response = server.server().handler().handle(request)) {
            assertThat(response.status()).isEqualTo(201);
        }
    }
}
