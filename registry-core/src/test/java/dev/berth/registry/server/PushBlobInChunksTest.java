package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Pushing a blob in chunks", the state of an upload, and "Cancel a blob upload". */
@Tag("end-5")
@Tag("end-13")
@Tag("end-14")
@Tag("end-5")
@Tag("end-6")
@Tag("end-13")
@Tag("end-14")
public class PushBlobInChunksTest extends ServedTest {
    private static final String UPLOADS = "/v2/team/app/blobs/uploads/";

    private final byte[] blob = Samples.bytes(3000, 1);
    private final Digest digest = Digest.sha256(blob);
    private TestServer server;
    private String location;

    @BeforeEach
    void start() throws Exception {
        server = serve();
        location = server.exchange("POST", UPLOADS).header("Location").orElseThrow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawResponse patch(int from, int to) throws Exception {
        return server.exchange(
                "PATCH", location, Arrays.copyOfRange(blob, from, to), "Content-Range: " + from + "-" + (to - 1));
    }

    private void assertTaken(RawResponse response, int upTo) {
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.header("Range")).hasValue("0-" + (upTo - 1));
        location = response.header("Location").orElseThrow();
    }

    private void assertFinishes(byte[] rest, String... headers) throws Exception {
        RawResponse response = server.exchange("PUT", location + "?digest=" + digest, rest, headers);
        assertThat(response.status()).isEqualTo(201);
        assertThat(server.get("/v2/team/app/blobs/" + digest).body()).isEqualTo(blob);
    }

    @Test
    void appendsChunksInOrder() throws Exception {
        assertTaken(patch(0, 1000), 1000);
        assertTaken(patch(1000, 2000), 2000);
        assertTaken(patch(2000, 3000), 3000);
        assertFinishes(new byte[0]);
    }

    @Test
    void appendsTheLastChunkWithTheCommit() throws Exception {
        assertTaken(patch(0, 2000), 2000);
        assertFinishes(Arrays.copyOfRange(blob, 2000, 3000), "Content-Range: 2000-2999");
    }

    @Test
    void appendsTheLastChunkWithoutARange() throws Exception {
        assertTaken(patch(0, 2000), 2000);
        assertFinishes(Arrays.copyOfRange(blob, 2000, 3000));
    }

    @Test
    void acceptsARangeInTheFormOfHttp() throws Exception {
        assertTaken(
                server.exchange("PATCH", location, Arrays.copyOf(blob, 2000), "Content-Range: bytes 0-1999/3000"),
                2000);
        assertTaken(patch(2000, 3000), 3000);
        assertFinishes(new byte[0]);
    }

    @Test
    void acceptsAStream() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("PATCH " + location + " HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n");
            connection.send("3e8\n").sendBytes(Arrays.copyOf(blob, 1000)).send("\n");
            connection
                    .send("7D0\n")
                    .sendBytes(Arrays.copyOfRange(blob, 1000, 3000))
                    .send("\n0\n\n");

            assertTaken(connection.read(), 3000);
        }
        assertFinishes(new byte[0]);
    }

    @Test
    void acceptsAStreamAfterAChunk() throws Exception {
        assertTaken(patch(0, 1000), 1000);
        try (RawConnection connection = server.connect()) {
            connection.send("PATCH " + location + " HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n");
            connection
                    .send("7d0\n")
                    .sendBytes(Arrays.copyOfRange(blob, 1000, 3000))
                    .send("\n0\n\n");

            assertTaken(connection.read(), 3000);
        }
        assertFinishes(new byte[0]);
    }

    @Test
    void returns416WithTheOffsetForAChunkOutOfOrder() throws Exception {
        assertRefused(patch(1000, 2000), "0-0");
        assertTaken(patch(0, 1000), 1000);
        assertRefused(patch(2000, 3000), "0-999");
        assertRefused(patch(0, 1000), "0-999");
        assertTaken(patch(1000, 3000), 3000);
        assertFinishes(new byte[0]);
    }

    private void assertRefused(RawResponse response, String range) throws Exception {
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.codes()).containsExactly(ErrorCode.RANGE_INVALID);
        assertThat(response.header("Range")).hasValue(range);
        assertThat(response.header("Location")).hasValue(location);
        assertThat(server.get(location).header("Range")).hasValue(range);
    }

    /** As the IETF's resumable uploads have it: for chunks whose end nobody knows when they begin. */
    @Test
    void honoursUploadOffsetWithoutARange() throws Exception {
        byte[] chunk = Arrays.copyOfRange(blob, 1000, 3000);
        assertTaken(patch(0, 1000), 1000);

        assertRefused(server.exchange("PATCH", location, chunk, "Upload-Offset: 0"), "0-999");
        assertRefused(server.exchange("PATCH", location, chunk, "Upload-Offset: 2000"), "0-999");
        assertTaken(server.exchange("PATCH", location, chunk, "Upload-Offset: 1000"), 3000);
        assertFinishes(new byte[0]);
    }

    @Test
    void acceptsExactlyOneOfTwoConcurrentChunks() throws Exception {
        byte[] other = Samples.bytes(3000, 2);
        String head = "PATCH " + location + " HTTP/1.1\nHost: x\nContent-Range: 0-2999\nContent-Length: 3000\n";
        try (RawConnection first = server.connect();
                RawConnection second = server.connect()) {
            assertThat(first.send(head + "Expect: 100-continue\n\n").readHead().status())
                    .isEqualTo(100);
            first.sendBytes(Arrays.copyOf(blob, 1500));
            second.send(head + "\n").sendBytes(other);
            first.sendBytes(Arrays.copyOfRange(blob, 1500, 3000));
            int ofFirst = first.read().status();
            int ofSecond = second.read().status();

            assertThat(List.of(ofFirst, ofSecond)).containsExactlyInAnyOrder(202, 416);
            Digest winner = ofFirst == 202 ? digest : Digest.sha256(other);
            assertThat(server.exchange("PUT", location + "?digest=" + winner).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void keepsTheUploadWhenTheLastChunkIsOutOfOrder() throws Exception {
        assertTaken(patch(0, 1000), 1000);

        RawResponse response = server.exchange(
                "PUT",
                location + "?digest=" + digest,
                Arrays.copyOfRange(blob, 2000, 3000),
                "Content-Range: 2000-2999");

        assertRefused(response, "0-999");
        assertTaken(patch(1000, 3000), 3000);
        assertFinishes(new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "0", "-5", "5-", "5-1", "0-99999999999999999999", "0-1-2", "+0-5", "0x0-0x5", ""})
    void refusesAMalformedRange(String range) throws Exception {
        RawResponse response = server.exchange("PATCH", location, blob, "Content-Range: " + range);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.BLOB_UPLOAD_INVALID);
        assertThat(server.get(location).header("Range")).hasValue("0-0");
    }

    @Test
    void refusesAChunkWhoseLengthDiffersFromItsRange() throws Exception {
        for (String range : new String[] {"0-2998", "0-3000"}) {
            RawResponse response = server.exchange("PATCH", location, blob, "Content-Range: " + range);

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.SIZE_INVALID);
        }
        assertThat(server.get(location).header("Range")).hasValue("0-0");
    }

    @Test
    void keepsWhatArrivedOfATruncatedChunk() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection
                    .send("PATCH " + location + " HTTP/1.1\nHost: x\nContent-Range: 0-2999\nContent-Length: 3000\n\n")
                    .sendBytes(Arrays.copyOf(blob, 1700))
                    .hangUpSending();

            assertThat(connection.read().codes()).containsExactly(ErrorCode.SIZE_INVALID);
            assertThat(connection.readToEnd()).isEmpty();
        }
        RawResponse state = server.get(location);
        int received = Integer.parseInt(state.header("Range").orElseThrow().substring(2)) + 1;

        assertThat(received).isEqualTo(1700);
        assertTaken(patch(received, 3000), 3000);
        assertFinishes(new byte[0]);
    }

    @Test
    void tellsTheStateOfAnUpload() throws Exception {
        assertTaken(patch(0, 1234), 1234);

        RawResponse state = server.get(location);

        assertThat(state.status()).isEqualTo(204);
        assertThat(state.header("Range")).hasValue("0-1233");
        assertThat(state.header("Location")).hasValue(location);
        assertThat(state.header("Docker-Upload-UUID")).isPresent();
        assertThat(state.header("Content-Length")).isEmpty();
        assertThat(server.get(location + "?digest=" + digest).status()).isEqualTo(204);
    }

    @Test
    void cancelsAnUpload() throws Exception {
        assertTaken(patch(0, 1000), 1000);

        RawResponse response = server.exchange("DELETE", location);

        assertThat(response.status()).isEqualTo(204);
        assertUnknown(server.get(location));
        assertUnknown(patch(1000, 2000));
        assertUnknown(server.exchange("DELETE", location));
        assertUnknown(server.exchange("PUT", location + "?digest=" + digest));
    }

    @Test
    void forgetsACommittedUpload() throws Exception {
        assertTaken(patch(0, 3000), 3000);
        assertFinishes(new byte[0]);

        assertUnknown(server.get(location));
        assertUnknown(server.exchange("PUT", location + "?digest=" + digest));
    }

    @Test
    void dropsAnUploadWithTheWrongDigest() throws Exception {
        assertTaken(patch(0, 3000), 3000);

        RawResponse response = server.exchange("PUT", location + "?digest=" + Digest.sha256(new byte[] {1}));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.DIGEST_INVALID);
        assertUnknown(server.get(location));
    }

    private static void assertUnknown(RawResponse response) {
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.codes()).containsExactly(ErrorCode.BLOB_UPLOAD_UNKNOWN);
    }
}
