package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "Pulling manifests" and "Checking if content exists in the registry". */
@org.junit.jupiter.api.Tag("end-3")
class PullManifestTest {
    private TestServer server;
    private Manifest manifest;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        manifest = Samples.image(server.repository("team/app"), "one");
        server.repository("team/app").manifests().put(manifest, Tag.parse("1.0"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void handsOutAManifestByTag() throws Exception {
        assertIsTheManifest(server.get("/v2/team/app/manifests/1.0"));
    }

    @Test
    void handsOutAManifestByDigest() throws Exception {
        assertIsTheManifest(server.get("/v2/team/app/manifests/" + manifest.digest()));
    }

    @Test
    void understandsADigestWhoseColonIsEscaped() throws Exception {
        assertIsTheManifest(server.get(
                "/v2/team/app/manifests/" + manifest.digest().toString().replace(":", "%3A")));
    }

    private void assertIsTheManifest(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(manifest.bytes());
        assertThat(answer.header("Content-Type")).hasValue(MediaTypes.OCI_MANIFEST);
        assertThat(answer.header("Docker-Content-Digest"))
                .hasValue(manifest.digest().toString());
        assertThat(answer.header("ETag")).hasValue("\"" + manifest.digest() + "\"");
        assertThat(answer.header("Content-Length")).hasValue(Integer.toString(manifest.size()));
    }

    @Test
    void handsOutWhatThereIsWhateverTheClientAccepts() throws Exception {
        assertIsTheManifest(server.get("/v2/team/app/manifests/1.0", "Accept: text/html"));
    }

    @Test
    void answersHeadWithTheHeadersOfGetAndNoBody() throws Exception {
        Answer answer = server.head("/v2/team/app/manifests/1.0");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).hasValue(Integer.toString(manifest.size()));
        assertThat(answer.header("Content-Type")).hasValue(MediaTypes.OCI_MANIFEST);
        assertThat(answer.header("Docker-Content-Digest"))
                .hasValue(manifest.digest().toString());
    }

    @Test
    void sendsNothingToAClientThatHasTheManifest() throws Exception {
        for (String known : new String[] {
            "\"" + manifest.digest() + "\"",
            "W/\"" + manifest.digest() + "\"",
            "\"x\", \"" + manifest.digest() + "\"",
            manifest.digest().toString(),
            "*"
        }) {
            Answer answer = server.get("/v2/team/app/manifests/1.0", "If-None-Match: " + known);

            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.header("Content-Length")).as(known).isEmpty();
            assertThat(answer.header("ETag")).as(known).hasValue("\"" + manifest.digest() + "\"");
        }
    }

    @Test
    void sendsTheManifestToAClientThatHasAnotherManifest() throws Exception {
        assertIsTheManifest(
                server.get("/v2/team/app/manifests/1.0", "If-None-Match: \"" + Digest.sha256(new byte[] {1}) + "\""));
    }

    @Test
    void saysWhichManifestIsMissing() throws Exception {
        for (String reference :
                new String[] {"2.0", Digest.sha256(new byte[] {1}).toString()}) {
            Answer answer = server.get("/v2/team/app/manifests/" + reference);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.codes()).containsExactly(ErrorCode.MANIFEST_UNKNOWN);
            assertThat(answer.text()).contains("team/app").contains(reference);
            assertThat(server.head("/v2/team/app/manifests/" + reference).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void saysThatAManifestOfAnUnknownRepositoryIsMissing() throws Exception {
        assertThat(server.get("/v2/nobody/nothing/manifests/1.0").status()).isEqualTo(404);
        assertThat(server.head("/v2/nobody/nothing/manifests/1.0").status()).isEqualTo(404);
    }

    @Test
    void refusesWhatIsNeitherTagNorDigest() throws Exception {
        assertRefused("/v2/team/app/manifests/.hidden", ErrorCode.TAG_INVALID);
        assertRefused("/v2/team/app/manifests/" + "x".repeat(129), ErrorCode.TAG_INVALID);
        assertRefused("/v2/team/app/manifests/sha256:short", ErrorCode.DIGEST_INVALID);
        assertRefused("/v2/team/app/manifests/md5:d41d8cd98f00b204e9800998ecf8427e", ErrorCode.DIGEST_INVALID);
        assertRefused("/v2/team/app/manifests/", ErrorCode.TAG_INVALID);
    }

    @Test
    void refusesANameThatIsNone() throws Exception {
        assertRefused("/v2/myimage/Hello/manifests/1.0", ErrorCode.NAME_INVALID);
        assertRefused("/v2//manifests/1.0", ErrorCode.NAME_INVALID);
        assertRefused("/v2/a//b/manifests/1.0", ErrorCode.NAME_INVALID);
        assertRefused("/v2/" + "a".repeat(256) + "/manifests/1.0", ErrorCode.NAME_INVALID);
    }

    private void assertRefused(String path, ErrorCode code) throws Exception {
        Answer answer = server.get(path);

        assertThat(answer.status()).as(path).isEqualTo(400);
        assertThat(answer.codes()).as(path).containsExactly(code);
    }
}
