package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Pulling blobs" and "Checking if content exists in the registry". */
@Tag("end-2")
@Tag("end-2")
class PullBlobTest {
    private static final int SIZE = 200_000;

    private TestServer server;
    private byte[] blob;
    private Digest digest;
    private String path;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        blob = Samples.bytes(SIZE, 1);
        digest = Samples.pushBlob(server.repository("team/app"), blob);
        path = "/v2/team/app/blobs/" + digest;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesABlob() throws Exception {
        RawResponse response = server.get(path);

        assertIsTheWholeBlob(response);
        assertThat(response.header("Content-Type")).hasValue("application/octet-stream");
        assertThat(response.header("Docker-Content-Digest")).hasValue(digest.toString());
        assertThat(response.header("Accept-Ranges")).hasValue("bytes");
        assertThat(response.header("X-Content-Type-Options")).hasValue("nosniff");
    }

    private void assertIsTheWholeBlob(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(blob);
    }

    @Test
    void servesABlobBySha512() throws Exception {
        byte[] other = Samples.bytes(1000, 2);
        server.repository("team/app").blobs().push(Samples.sha512(other), BlobSource.of(other));

        RawResponse response = server.get("/v2/team/app/blobs/" + Samples.sha512(other));

        assertThat(response.body()).isEqualTo(other);
        assertThat(response.header("Docker-Content-Digest"))
                .hasValue(Samples.sha512(other).toString());
    }

    @Test
    void servesAnEmptyBlob() throws Exception {
        Digest empty = Samples.pushBlob(server.repository("team/app"), new byte[0]);

        RawResponse response = server.get("/v2/team/app/blobs/" + empty);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).hasValue("0");
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() throws Exception {
        RawResponse response = server.head(path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).hasValue(Integer.toString(SIZE));
        assertThat(response.header("Docker-Content-Digest")).hasValue(digest.toString());
    }

    @Test
    void ignoresARangeOfHead() throws Exception {
        RawResponse response = server.head(path, "Range: bytes=0-9");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).hasValue(Integer.toString(SIZE));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,          0,      0",
        "bytes=500-1499,     500,    1499",
        "bytes=199999-,      199999, 199999",
        "bytes=100000-,      100000, 199999",
        "bytes=-500,         199500, 199999",
        "bytes=-999999999,   0,      199999",
        "bytes=199000-5000000, 199000, 199999",
        "bytes=5-99999999999999999999999999, 5, 199999",
        "BYTES=1-2,          1,      2",
    })
    void servesARange(String range, int first, int last) throws Exception {
        RawResponse response = server.get(path, "Range: " + range);

        assertThat(response.status()).isEqualTo(206);
        assertThat(response.header("Content-Range")).hasValue("bytes " + first + "-" + last + "/" + SIZE);
        assertThat(response.header("Content-Length")).hasValue(Integer.toString(last - first + 1));
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(blob, first, last + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=200000-",
                "bytes=200000-300000",
                "bytes=99999999999999999999999999-",
                "bytes=-0",
                "bytes=500-0",
            })
    void returns416WithTheLengthForAnUnsatisfiableRange(String range) throws Exception {
        RawResponse response = server.get(path, "Range: " + range);

        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("Content-Range")).hasValue("bytes */" + SIZE);
        assertThat(response.codes()).containsExactly(ErrorCode.RANGE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,x",
                "bytes=",
                "bytes=-",
                "bytes=x-y",
                "bytes=1",
                "bytes=--5",
                "lines=1-2",
                "bytes=0x10-0x20",
                "bytes=+1-2",
                "",
            })
    void servesTheWholeBlobForMalformedRanges(String range) throws Exception {
        assertIsTheWholeBlob(server.get(path, "Range: " + range));
    }

    @Test
    void servesARangeOnlyIfIfRangeMatches() throws Exception {
        assertThat(server.get(path, "Range: bytes=0-9", "If-Range: \"" + digest + "\"")
                        .status())
                .isEqualTo(206);
        assertIsTheWholeBlob(server.get(path, "Range: bytes=0-9", "If-Range: \"something else\""));
    }

    @Test
    void returns304ToAClientThatHasTheBlob() throws Exception {
        RawResponse response = server.get(path, "If-None-Match: \"" + digest + "\"");

        assertThat(response.status()).isEqualTo(304);
        assertThat(server.head(path, "If-None-Match: \"" + digest + "\"").status())
                .isEqualTo(304);
    }

    @Test
    void returns404ForADeletedBlobThatTheClientHas() throws Exception {
        server.repository("team/app").blobs().delete(digest);

        assertThat(server.get(path, "If-None-Match: \"" + digest + "\"").status())
                .isEqualTo(404);
    }

    @Test
    void returns404WithTheDigest() throws Exception {
        Digest missing = Digest.sha256(new byte[] {1});

        RawResponse response = server.get("/v2/team/app/blobs/" + missing);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.codes()).containsExactly(ErrorCode.BLOB_UNKNOWN);
        assertThat(response.text()).contains(missing.toString());
        assertThat(server.head("/v2/team/app/blobs/" + missing).status()).isEqualTo(404);
    }

    @Test
    void doesNotShowABlobOfAnotherRepository() throws Exception {
        assertThat(server.get("/v2/other/app/blobs/" + digest).status()).isEqualTo(404);
        assertThat(server.get("/v2/other/app/blobs/" + digest, "Range: bytes=0-9")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refusesAMalformedDigest() throws Exception {
        RawResponse response = server.get("/v2/team/app/blobs/sha256:xyz");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.DIGEST_INVALID);
    }
}
