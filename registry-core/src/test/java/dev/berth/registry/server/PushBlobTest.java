package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Pushing a blob monolithically". */
@Tag("end-4")
@Tag("end-6")
@Tag("end-4")
@Tag("end-6")
class PushBlobTest {
    private static final String UPLOADS = "/v2/team/app/blobs/uploads/";

    private final byte[] blob = Samples.bytes(100_000, 1);
    private final Digest digest = Digest.sha256(blob);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertCreated(RawResponse response, byte[] content, Digest contentDigest) throws Exception {
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("Docker-Content-Digest")).hasValue(contentDigest.toString());
        assertThat(response.header("Location")).hasValue("/v2/team/app/blobs/" + contentDigest);
        assertThat(server.get(response.header("Location").orElseThrow()).body()).isEqualTo(content);
    }

    @Test
    void keepsNothingOfAnAbortedPush() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection
                    .send("POST " + UPLOADS + "?digest=" + digest
                            + " HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: " + blob.length + "\n\n")
                    .readHead();
            connection.sendBytes(Arrays.copyOf(blob, 30_000)).socket().setSoLinger(true, 0);
        }
        assertNotThere(digest);
        assertThat(server.get("/v2/").status()).isEqualTo(200);
    }

    private void assertNotThere(Digest contentDigest) throws Exception {
        assertThat(server.head("/v2/team/app/blobs/" + contentDigest).status()).isEqualTo(404);
    }

    private String startUpload() throws Exception {
        return server.exchange("POST", UPLOADS).header("Location").orElseThrow();
    }

    @Test
    void storesABlobInASinglePost() throws Exception {
        assertCreated(server.exchange("POST", UPLOADS + "?digest=" + digest, blob), blob, digest);
    }

    @Test
    void storesABlobOfSha512InASinglePost() throws Exception {
        Digest sha512 = Samples.sha512(blob);

        assertCreated(server.exchange("POST", UPLOADS + "?digest=" + sha512, blob), blob, sha512);
    }

    @Test
    void storesAnEmptyBlobInASinglePost() throws Exception {
        Digest empty = Digest.sha256(new byte[0]);

        assertCreated(server.exchange("POST", UPLOADS + "?digest=" + empty), new byte[0], empty);
    }

    @Test
    void startsAnUploadThatCanBeCommittedAtOnce() throws Exception {
        RawResponse started = server.exchange("POST", UPLOADS);

        assertThat(started.status()).isEqualTo(202);
        assertThat(started.header("Range")).hasValue("0-0");
        assertThat(started.header("Docker-Upload-UUID")).isPresent();
        assertThat(started.header("Content-Length")).hasValue("0");
        String location = started.header("Location").orElseThrow();
        assertThat(location)
                .startsWith(UPLOADS)
                .contains(started.header("Docker-Upload-UUID").orElseThrow());
        assertCreated(server.exchange("PUT", location + "?digest=" + digest, blob), blob, digest);
    }

    @Test
    void startsAnUploadWithoutATrailingSlash() throws Exception {
        assertThat(server.exchange("POST", "/v2/team/app/blobs/uploads").status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void startsAnUploadForAnAlgorithm(String algorithm) throws Exception {
        Digest wanted = algorithm.equals("sha256") ? digest : Samples.sha512(blob);
        RawResponse started = server.exchange("POST", UPLOADS + "?digest-algorithm=" + algorithm);

        assertThat(started.status()).isEqualTo(202);
        String location = started.header("Location").orElseThrow();
        assertCreated(server.exchange("PUT", location + "?digest=" + wanted, blob), blob, wanted);
    }

    @Test
    void acceptsAnotherAlgorithmAtTheCommit() throws Exception {
        assertCreated(
                server.exchange("PUT", startUpload() + "?digest=" + Samples.sha512(blob), blob),
                blob,
                Samples.sha512(blob));
    }

    @Test
    void refusesAnAlgorithmThatIsNotSupported() throws Exception {
        RawResponse response = server.exchange("POST", UPLOADS + "?digest-algorithm=md5");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.DIGEST_INVALID);
    }

    @Test
    void storesABlobOfUnknownLength() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection
                    .send("POST " + UPLOADS + "?digest=" + Digest.sha256("hello world".getBytes())
                            + " HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n")
                    .send("5\nhello\n6;extension=\"x\"\n world\n0\nTrailer: x\n\n");

            assertCreated(connection.read(), "hello world".getBytes(), Digest.sha256("hello world".getBytes()));
        }
    }

    @Test
    void keepsNothingOfABlobWithTheWrongDigest() throws Exception {
        Digest other = Digest.sha256(new byte[] {1});

        for (RawResponse response : new RawResponse[] {
            server.exchange("POST", UPLOADS + "?digest=" + other, blob),
            server.exchange("PUT", startUpload() + "?digest=" + other, blob)
        }) {
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.DIGEST_INVALID);
        }
        assertNotThere(other);
        assertNotThere(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?digest=", "?digest=sha256:xyz", "?digest=md5:d41d8cd98f00b204e9800998ecf8427e", ""})
    void refusesACommitWithoutADigest(String query) throws Exception {
        String location = startUpload();

        RawResponse response = server.exchange("PUT", location + query, blob);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.DIGEST_INVALID);
        assertThat(server.get(location).header("Range")).hasValue("0-0");
        assertCreated(server.exchange("PUT", location + "?digest=" + digest, blob), blob, digest);
    }

    @Test
    void refusesAMalformedDigestInAPost() throws Exception {
        assertThat(server.exchange("POST", UPLOADS + "?digest=nonsense", blob).codes())
                .containsExactly(ErrorCode.DIGEST_INVALID);
    }

    @Test
    void keepsNothingOfATruncatedBody() throws Exception {
        String location = startUpload();
        for (String request : new String[] {
            "POST " + UPLOADS + "?digest=" + digest, "PUT " + location + "?digest=" + digest,
        }) {
            try (RawConnection connection = server.connect()) {
                connection.send(request + " HTTP/1.1\nHost: x\nContent-Length: " + blob.length + "\n\n");
                connection.sendBytes(Arrays.copyOf(blob, 30_000)).hangUpSending();

                assertThat(connection.read()).as(request).satisfies(response -> {
                    assertThat(response.status()).isEqualTo(400);
                    assertThat(response.codes()).containsExactly(ErrorCode.SIZE_INVALID);
                    assertThat(response.text()).contains("30000 bytes");
                    assertThat(response.header("Connection")).hasValue("close");
                });
                assertThat(connection.readToEnd()).isEmpty();
            }
        }
        assertNotThere(digest);
    }

    @Test
    void keepsNothingOfATruncatedChunkedBody() throws Exception {
        byte[] hello = "hello".getBytes();
        // The last one looks complete: the line that was cut off began with a nought.
        for (String rest : new String[] {"", "5", "5\nwor", "0", "5\nworld\n0"}) {
            try (RawConnection connection = server.connect()) {
                connection
                        .send("POST " + UPLOADS + "?digest=" + Digest.sha256(hello)
                                + " HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n5\nhello\n" + rest)
                        .hangUpSending();

                assertThat(connection.read().codes()).as(rest).containsExactly(ErrorCode.SIZE_INVALID);
                assertThat(connection.readToEnd()).as(rest).isEmpty();
            }
        }
        assertNotThere(Digest.sha256(hello));
    }

    @Test
    void hidesUploadsOfOtherRepositories() throws Exception {
        String elsewhere = startUpload().replace("team/app", "other/app");

        for (String method : new String[] {"GET", "PATCH", "PUT", "DELETE"}) {
            RawResponse response = server.exchange(method, elsewhere + "?digest=" + digest, blob);

            assertThat(response.status()).as(method).isEqualTo(404);
            assertThat(response.codes()).as(method).containsExactly(ErrorCode.BLOB_UPLOAD_UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00000000-0000-0000-0000-000000000000",
                "..",
                "%2e%2e",
                ".",
                "~",
                "~~",
                "~%25",
                "~!!!",
                "~Li4vLi4vYQ",
                "a:b",
                "%00",
                "ä",
                "%ff",
            })
    void returns404ForAnUnknownUpload(String id) throws Exception {
        for (String method : new String[] {"GET", "PATCH", "PUT", "DELETE"}) {
            RawResponse response = server.exchange(method, UPLOADS + id + "?digest=" + digest, blob);

            if (id.equals("%00") || id.equals("ä") || id.equals("%ff")) {
                assertThat(response.status()).as(method).isEqualTo(400);
            } else {
                assertThat(response.status()).as(method).isEqualTo(404);
                assertThat(response.codes()).as(method).containsExactly(ErrorCode.BLOB_UPLOAD_UNKNOWN);
            }
        }
    }

    @Test
    void returns404ForALongUnknownUpload() throws Exception {
        RawResponse response = server.get(UPLOADS + "x".repeat(5000));

        assertThat(response.status()).isEqualTo(404);
    }
}
