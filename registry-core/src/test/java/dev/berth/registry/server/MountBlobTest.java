package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** "Mounting a blob from another repository". */
@Tag("end-11")
@Tag("end-11")
class MountBlobTest {
    private static final String UPLOADS = "/v2/team/app/blobs/uploads/";

    private final byte[] blob = Samples.bytes(3000, 1);
    private final Digest digest = Digest.sha256(blob);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        Samples.pushBlob(server.repository("base/image"), blob);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertMounted(RawResponse response) throws Exception {
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("Location")).hasValue("/v2/team/app/blobs/" + digest);
        assertThat(response.header("Docker-Content-Digest")).hasValue(digest.toString());
        assertThat(server.get("/v2/team/app/blobs/" + digest).body()).isEqualTo(blob);
    }

    @Test
    void mountsABlobOfAnotherRepository() throws Exception {
        assertMounted(server.exchange("POST", UPLOADS + "?mount=" + digest + "&from=base/image"));
    }

    @Test
    void acceptsAnEscapedSlashInTheSource() throws Exception {
        assertMounted(server.exchange("POST", UPLOADS + "?from=base%2Fimage&mount=sha256%3A" + digest.hex()));
    }

    @Test
    void mountsABlobOfAnyRepository() throws Exception {
        assertMounted(server.exchange("POST", UPLOADS + "?mount=" + digest));
    }

    @Test
    void startsAnUploadForAMissingBlob() throws Exception {
        byte[] other = Samples.bytes(100, 2);
        Digest missing = Digest.sha256(other);
        for (String query : new String[] {
            "?mount=" + missing, "?mount=" + missing + "&from=base/image", "?mount=" + digest + "&from=no/where"
        }) {
            RawResponse response = server.exchange("POST", UPLOADS + query);

            assertThat(response.status()).as(query).isEqualTo(202);
            String location = response.header("Location").orElseThrow();
            assertThat(server.exchange("PUT", location + "?digest=" + missing, other)
                            .status())
                    .isEqualTo(201);
        }
        assertThat(server.head("/v2/team/app/blobs/" + digest).status()).isEqualTo(404);
    }

    @Test
    void storesTheBodyWhenTheMountFails() throws Exception {
        byte[] other = Samples.bytes(100, 2);
        Digest missing = Digest.sha256(other);

        RawResponse response =
                server.exchange("POST", UPLOADS + "?mount=" + missing + "&from=base/image&digest=" + missing, other);

        assertThat(response.status()).isEqualTo(201);
        assertThat(server.get("/v2/team/app/blobs/" + missing).body()).isEqualTo(other);
    }

    @Test
    void refusesAMalformedDigestOrName() throws Exception {
        RawResponse digestAnswer = server.exchange("POST", UPLOADS + "?mount=nonsense");
        assertThat(digestAnswer.status()).isEqualTo(400);
        assertThat(digestAnswer.codes()).containsExactly(ErrorCode.DIGEST_INVALID);

        RawResponse nameAnswer = server.exchange("POST", UPLOADS + "?mount=" + digest + "&from=../etc");
        assertThat(nameAnswer.status()).isEqualTo(400);
        assertThat(nameAnswer.codes()).containsExactly(ErrorCode.NAME_INVALID);
    }
}
