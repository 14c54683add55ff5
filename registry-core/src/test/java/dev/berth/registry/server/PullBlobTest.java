package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.contract.Cases;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Pulling blobs" and "Checking if content exists in the registry". */
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
    void handsOutABlob() throws Exception {
        Answer answer = server.get(path);

        assertIsTheWholeBlob(answer);
        assertThat(answer.header("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.header("Docker-Content-Digest")).hasValue(digest.toString());
        assertThat(answer.header("Accept-Ranges")).hasValue("bytes");
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    }

    private void assertIsTheWholeBlob(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(blob);
    }

    @Test
    void handsOutABlobBySha512() throws Exception {
        byte[] other = Samples.bytes(1000, 2);
        server.repository("team/app").blobs().push(Samples.sha512(other), BlobSource.of(other));

        Answer answer = server.get("/v2/team/app/blobs/" + Samples.sha512(other));

        assertThat(answer.body()).isEqualTo(other);
        assertThat(answer.header("Docker-Content-Digest"))
                .hasValue(Samples.sha512(other).toString());
    }

    @Test
    void handsOutAnEmptyBlob() throws Exception {
        Digest empty = Samples.pushBlob(server.repository("team/app"), new byte[0]);

        Answer answer = server.get("/v2/team/app/blobs/" + empty);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).hasValue("0");
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() throws Exception {
        Answer answer = server.head(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).hasValue(Integer.toString(SIZE));
        assertThat(answer.header("Docker-Content-Digest")).hasValue(digest.toString());
    }

    @Test
    void ignoresARangeOfHead() throws Exception {
        Answer answer = server.head(path, "Range: bytes=0-9");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).hasValue(Integer.toString(SIZE));
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
    void handsOutAPart(String range, int first, int last) throws Exception {
        Answer answer = server.get(path, "Range: " + range);

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).hasValue("bytes " + first + "-" + last + "/" + SIZE);
        assertThat(answer.header("Content-Length")).hasValue(Integer.toString(last - first + 1));
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(blob, first, last + 1));
    }

    @Test
    void saysHowLongTheBlobIsWhenTheRangeHasNothingOfIt() {
        Cases.of("bytes=200000-", "bytes=200000-300000", "bytes=99999999999999999999999999-", "bytes=-0", "bytes=500-0")
                .check(range -> {
                    Answer answer = server.get(path, "Range: " + range);

                    assertThat(answer.status()).isEqualTo(416);
                    assertThat(answer.header("Content-Range")).hasValue("bytes */" + SIZE);
                    assertThat(answer.codes()).containsExactly(ErrorCode.RANGE_INVALID);
                });
    }

    @Test
    void handsOutTheWholeBlobWhenTheRangeIsNoneOrSeveral() {
        Cases.of(
                        "bytes=0-1,5-6",
                        "bytes=",
                        "bytes=-",
                        "bytes=x-y",
                        "bytes=1",
                        "bytes=--5",
                        "lines=1-2",
                        "bytes=0x10-0x20",
                        "bytes=+1-2",
                        "")
                .check(range -> {
                    assertIsTheWholeBlob(server.get(path, "Range: " + range));
                });
    }

    @Test
    void handsOutAPartOnlyOfTheContentThatTheClientHasTheBeginningOf() throws Exception {
        assertThat(server.get(path, "Range: bytes=0-9", "If-Range: \"" + digest + "\"")
                        .status())
                .isEqualTo(206);
        assertIsTheWholeBlob(server.get(path, "Range: bytes=0-9", "If-Range: \"something else\""));
    }

    @Test
    void sendsNothingToAClientThatHasTheBlob() throws Exception {
        Answer answer = server.get(path, "If-None-Match: \"" + digest + "\"");

        assertThat(answer.status()).isEqualTo(304);
        assertThat(server.head(path, "If-None-Match: \"" + digest + "\"").status())
                .isEqualTo(304);
    }

    @Test
    void doesNotTellAClientToKeepWhatIsGone() throws Exception {
        server.repository("team/app").blobs().delete(digest);

        assertThat(server.get(path, "If-None-Match: \"" + digest + "\"").status())
                .isEqualTo(404);
    }

    @Test
    void saysWhichBlobIsMissing() throws Exception {
        Digest missing = Digest.sha256(new byte[] {1});

        Answer answer = server.get("/v2/team/app/blobs/" + missing);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.codes()).containsExactly(ErrorCode.BLOB_UNKNOWN);
        assertThat(answer.text()).contains(missing.toString());
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
    void refusesADigestThatIsNone() throws Exception {
        Answer answer = server.get("/v2/team/app/blobs/sha256:xyz");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.codes()).containsExactly(ErrorCode.DIGEST_INVALID);
    }
}
