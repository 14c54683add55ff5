package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Pushing Manifests". */
@Tag("end-7")
@Tag("end-7")
class PushManifestTest {
    private static final String MANIFESTS = "/v2/team/app/manifests/";
    private static final String TYPE = "Content-Type: " + MediaTypes.OCI_MANIFEST;

    private TestServer server;
    private Manifest manifest;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        manifest = Samples.image(server.repository("team/app"), "one");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawResponse put(String reference, byte[] bytes, String... headers) throws Exception {
        return server.exchange("PUT", MANIFESTS + reference, bytes, headers);
    }

    private void assertCreated(RawResponse response, Digest digest) throws Exception {
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("Location")).hasValue(MANIFESTS + digest);
        assertThat(response.header("Docker-Content-Digest")).hasValue(digest.toString());
        assertThat(server.get(MANIFESTS + digest).body()).isEqualTo(manifest.bytes());
    }

    private void assertRefused(RawResponse response, int status, ErrorCode code) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.codes()).containsExactly(code);
    }

    @Test
    void storesAManifestUnderATag() throws Exception {
        assertCreated(put("1.0", manifest.bytes(), TYPE), manifest.digest());
        assertThat(server.get(MANIFESTS + "1.0").body()).isEqualTo(manifest.bytes());
    }

    @Test
    void storesAManifestUnderItsDigest() throws Exception {
        assertCreated(put(manifest.digest().toString(), manifest.bytes(), TYPE), manifest.digest());
    }

    @Test
    void storesAManifestUnderItsSha512() throws Exception {
        Digest sha512 = Samples.sha512(manifest.bytes());

        assertCreated(put(sha512.toString(), manifest.bytes(), TYPE), sha512);
    }

    @Test
    void storesAManifestOfUnknownLength() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("PUT " + MANIFESTS + "1.0 HTTP/1.1\nHost: x\n" + TYPE + "\nTransfer-Encoding: chunked\n\n"
                    + Integer.toHexString(manifest.size()) + "\n"
                    + new String(manifest.bytes(), StandardCharsets.UTF_8) + "\n0\n\n");

            assertCreated(connection.read(), manifest.digest());
        }
    }

    @Test
    void movesATag() throws Exception {
        put("1.0", manifest.bytes(), TYPE);
        Manifest other = Samples.image(server.repository("team/app"), "two");

        put("1.0", other.bytes(), TYPE);

        assertThat(server.get(MANIFESTS + "1.0").body()).isEqualTo(other.bytes());
    }

    @Test
    void setsAllTagsOfAPushByDigest() throws Exception {
        RawResponse response = put(manifest.digest() + "?tag=1.0&tag=1&tag=latest", manifest.bytes(), TYPE);

        assertCreated(response, manifest.digest());
        assertThat(response.all("OCI-Tag").stream().flatMap(value -> List.of(value.split(", *")).stream()))
                .containsExactly("1.0", "1", "latest");
        for (String tag : List.of("1.0", "1", "latest")) {
            assertThat(server.head(MANIFESTS + tag).header("Docker-Content-Digest"))
                    .hasValue(manifest.digest().toString());
        }
    }

    @Test
    void limitsTheTagsOfAPush() throws Exception {
        String tags = IntStream.range(0, 64).mapToObj(i -> "tag=" + i).collect(Collectors.joining("&", "?", ""));

        assertThat(put(manifest.digest() + tags, manifest.bytes(), TYPE).all("OCI-Tag"))
                .hasSize(64);
        assertRefused(
                put(manifest.digest() + tags + "&tag=more", manifest.bytes(), TYPE), 414, ErrorCode.REQUEST_INVALID);
        assertThat(server.head(MANIFESTS + "more").status()).isEqualTo(404);
    }

    @Test
    void returnsTheDigestThatTheTagsWereSetTo() throws Exception {
        Digest sha512 = Samples.sha512(manifest.bytes());

        put(sha512 + "?tag=1.0", manifest.bytes(), TYPE);

        assertThat(server.head(MANIFESTS + "1.0").header("Docker-Content-Digest"))
                .hasValue(sha512.toString());
    }

    @Test
    void storesNothingForAMalformedTag() throws Exception {
        assertRefused(put(manifest.digest() + "?tag=1.0&tag=-x", manifest.bytes(), TYPE), 400, ErrorCode.TAG_INVALID);
        assertThat(server.head(MANIFESTS + manifest.digest()).status()).isEqualTo(404);
        assertRefused(put("-x", manifest.bytes(), TYPE), 400, ErrorCode.TAG_INVALID);
    }

    @Test
    void ignoresTagParametersOfAPushByTag() throws Exception {
        RawResponse response = put("1.0?tag=other&digest=" + Digest.sha256(new byte[] {1}), manifest.bytes(), TYPE);

        assertCreated(response, manifest.digest());
        assertThat(response.header("OCI-Tag")).isEmpty();
        assertThat(server.head(MANIFESTS + "other").status()).isEqualTo(404);
    }

    @Test
    void ignoresParametersOfTheMediaType() throws Exception {
        put("1.0", manifest.bytes(), TYPE + " ; charset=utf-8");

        assertThat(server.head(MANIFESTS + "1.0").header("Content-Type")).hasValue(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void takesTheMediaTypeOfTheManifestWithoutAContentType() throws Exception {
        assertCreated(put("1.0", manifest.bytes()), manifest.digest());
        assertThat(server.head(MANIFESTS + "1.0").header("Content-Type")).hasValue(MediaTypes.OCI_MANIFEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"schemaVersion\":2}", "[]", "not JSON", "", "{\"mediaType\":\"no type\"}", "{\"mediaType\":7}"
            })
    void refusesAManifestWithoutAMediaType(String body) throws Exception {
        assertRefused(put("1.0", body.getBytes(StandardCharsets.UTF_8)), 400, ErrorCode.MANIFEST_INVALID);
    }

    @Test
    void refusesAMalformedMediaType() throws Exception {
        assertRefused(put("1.0", manifest.bytes(), "Content-Type: application/x(y)"), 400, ErrorCode.MANIFEST_INVALID);
    }

    @Test
    void refusesAContentTypeThatDiffersFromTheManifest() throws Exception {
        assertRefused(
                put("1.0", manifest.bytes(), "Content-Type: " + MediaTypes.OCI_INDEX), 400, ErrorCode.MANIFEST_INVALID);
    }

    @Test
    void refusesAManifestWithTheWrongDigest() throws Exception {
        Digest other = Digest.sha256(new byte[] {1});

        assertRefused(put(other.toString(), manifest.bytes(), TYPE), 400, ErrorCode.DIGEST_INVALID);
        assertThat(server.head(MANIFESTS + other).status()).isEqualTo(404);
    }

    @Test
    void namesEveryBlobThatIsMissing() throws Exception {
        RawResponse response = server.exchange("PUT", "/v2/other/app/manifests/1.0", manifest.bytes(), TYPE);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.MANIFEST_BLOB_UNKNOWN, ErrorCode.MANIFEST_BLOB_UNKNOWN);
    }

    @Test
    void returnsTheSubject() throws Exception {
        Manifest referrer = Samples.referrer(
                server.repository("team/app"), "signature", "application/vnd.example", manifest.descriptor());

        RawResponse response = put(referrer.digest().toString(), referrer.bytes(), TYPE);

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("OCI-Subject")).hasValue(manifest.digest().toString());
        assertThat(put("1.0", manifest.bytes(), TYPE).header("OCI-Subject")).isEmpty();
    }

    @Test
    void storesAManifestWithAMissingSubject() throws Exception {
        Descriptor missing = Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(new byte[] {1}), 1);
        Manifest referrer =
                Samples.referrer(server.repository("team/app"), "signature", "application/vnd.example", missing);

        assertThat(put("sig", referrer.bytes(), TYPE).header("OCI-Subject"))
                .hasValue(missing.digest().toString());
    }

    @Test
    void storesAManifestJustBelowTheLimit() throws Exception {
        String padding = ",\"annotations\":{\"x\":\"" + "y".repeat(4 * 1024 * 1024 - 2000) + "\"}";
        byte[] large = Samples.imageBytes(server.repository("team/app"), "large", padding);

        RawResponse response = put("large", large, TYPE);

        assertThat(response.status()).isEqualTo(201);
        assertThat(server.get(MANIFESTS + "large").body()).isEqualTo(large);
    }

    @Test
    void keepsNothingOfATruncatedManifest() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection
                    .send("PUT " + MANIFESTS + "1.0 HTTP/1.1\nHost: x\n" + TYPE + "\nContent-Length: "
                            + (manifest.size() + 1) + "\n\n")
                    .sendBytes(manifest.bytes())
                    .hangUpSending();

            assertRefused(connection.read(), 400, ErrorCode.SIZE_INVALID);
            assertThat(connection.readToEnd()).isEmpty();
        }
        assertThat(server.head(MANIFESTS + "1.0").status()).isEqualTo(404);
    }
}
