package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.compose.WithoutDeletion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Content Management". */
@org.junit.jupiter.api.Tag("end-9")
@org.junit.jupiter.api.Tag("end-10")
@org.junit.jupiter.api.Tag("end-9")
@org.junit.jupiter.api.Tag("end-10")
class DeleteTest {
    private TestServer server;
    private Manifest manifest;
    private Digest blob;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        manifest = Samples.image(server.repository("team/app"), "one");
        server.repository("team/app").manifests().put(manifest, Tag.parse("1.0"), Tag.parse("latest"));
        blob = Samples.pushBlob(server.repository("team/app"), new byte[] {1, 2, 3});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deletesATagAndLeavesTheManifest() throws Exception {
        assertThat(server.exchange("DELETE", "/v2/team/app/manifests/1.0").status())
                .isEqualTo(202);

        assertThat(server.get("/v2/team/app/manifests/1.0").status()).isEqualTo(404);
        assertThat(server.get("/v2/team/app/manifests/latest").status()).isEqualTo(200);
        assertThat(server.get("/v2/team/app/manifests/" + manifest.digest()).status())
                .isEqualTo(200);
    }

    @Test
    void omitsDeletedTagsThatExceedTheHeaderLimit() throws Exception {
        for (int i = 0; i < 40; i++) {
            server.repository("team/app").tags().put(Tag.parse("t" + i + "-" + "x".repeat(100)), manifest.digest());
        }

        RawResponse response = server.exchange("DELETE", "/v2/team/app/manifests/" + manifest.digest());

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.header("OCI-Tag")).isEmpty();
    }

    @Test
    void deletesAManifestWithItsTags() throws Exception {
        RawResponse response = server.exchange("DELETE", "/v2/team/app/manifests/" + manifest.digest());
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.header("OCI-Tag").orElse("").split(", ")).containsExactlyInAnyOrder("1.0", "latest");

        assertThat(server.get("/v2/team/app/manifests/" + manifest.digest()).status())
                .isEqualTo(404);
        assertThat(server.get("/v2/team/app/manifests/1.0").status()).isEqualTo(404);
        assertThat(server.get("/v2/team/app/tags/list").status()).isEqualTo(404);
        assertThat(server.get("/v2/_catalog").text()).isEqualTo("{\"repositories\":[]}");
    }

    @Test
    void deletesABlob() throws Exception {
        assertThat(server.exchange("DELETE", "/v2/team/app/blobs/" + blob).status())
                .isEqualTo(202);

        assertThat(server.head("/v2/team/app/blobs/" + blob).status()).isEqualTo(404);
    }

    @Test
    void returns404ForWhatIsMissing() throws Exception {
        String missing = Digest.sha256(new byte[] {9}).toString();
        assertUnknown("/v2/team/app/manifests/2.0", ErrorCode.MANIFEST_UNKNOWN);
        assertUnknown("/v2/team/app/manifests/" + missing, ErrorCode.MANIFEST_UNKNOWN);
        assertUnknown("/v2/nobody/nothing/manifests/" + manifest.digest(), ErrorCode.MANIFEST_UNKNOWN);
        assertUnknown("/v2/team/app/blobs/" + missing, ErrorCode.BLOB_UNKNOWN);
        assertUnknown("/v2/nobody/nothing/blobs/" + blob, ErrorCode.BLOB_UNKNOWN);
    }

    private void assertUnknown(String path, ErrorCode code) throws Exception {
        RawResponse response = server.exchange("DELETE", path);

        assertThat(response.status()).as(path).isEqualTo(404);
        assertThat(response.codes()).as(path).containsExactly(code);
    }

    @Test
    void returns405WhenDeletionIsDisabled() throws Exception {
        try (TestServer keeping = TestServer.serving(WithoutDeletion.of(server.registry()), builder -> builder)) {
            for (String path : new String[] {
                "/v2/team/app/manifests/1.0",
                "/v2/team/app/manifests/" + manifest.digest(),
                "/v2/team/app/blobs/" + blob
            }) {
                RawResponse response = keeping.exchange("DELETE", path);

                assertThat(response.status()).as(path).isEqualTo(405);
                assertThat(response.codes()).as(path).containsExactly(ErrorCode.UNSUPPORTED);
                assertThat(response.header("Allow").orElseThrow())
                        .as(path)
                        .contains("GET")
                        .doesNotContain("DELETE");
                assertThat(keeping.get(path).status()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void returns405ForAReadOnlyRegistry() throws Exception {
        try (TestServer readOnly = TestServer.serving(ReadOnly.of(server.registry()), builder -> builder)) {
            assertReadOnly(readOnly.exchange("PUT", "/v2/team/app/manifests/2.0", manifest.bytes()));
            assertReadOnly(readOnly.exchange("POST", "/v2/team/app/blobs/uploads/"));
            assertReadOnly(
                    readOnly.exchange("POST", "/v2/team/app/blobs/uploads/?digest=" + blob, new byte[] {1, 2, 3}));
            assertReadOnly(readOnly.exchange("POST", "/v2/team/app/blobs/uploads/?mount=" + blob));
            assertReadOnly(readOnly.exchange("DELETE", "/v2/team/app/blobs/" + blob));
            assertThat(readOnly.get("/v2/team/app/blobs/" + blob).body()).containsExactly(1, 2, 3);
        }
    }

    private static void assertReadOnly(RawResponse response) {
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.codes()).containsExactly(ErrorCode.UNSUPPORTED);
        assertThat(response.header("Allow")).isPresent();
    }
}
