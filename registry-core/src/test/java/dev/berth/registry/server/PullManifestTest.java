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
    void servesAManifestByTag() throws Exception {
        assertIsTheManifest(server.get("/v2/team/app/manifests/1.0"));
    }

    @Test
    void servesAManifestByDigest() throws Exception {
        assertIsTheManifest(server.get("/v2/team/app/manifests/" + manifest.digest()));
    }

    @Test
    void acceptsAnEscapedColon() throws Exception {
        assertIsTheManifest(server.get(
                "/v2/team/app/manifests/" + manifest.digest().toString().replace(":", "%3A")));
    }

    private void assertIsTheManifest(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(manifest.bytes());
        assertThat(response.header("Content-Type")).hasValue(MediaTypes.OCI_MANIFEST);
        assertThat(response.header("Docker-Content-Digest"))
                .hasValue(manifest.digest().toString());
        assertThat(response.header("ETag")).hasValue("\"" + manifest.digest() + "\"");
        assertThat(response.header("Content-Length")).hasValue(Integer.toString(manifest.size()));
    }

    @Test
    void ignoresAccept() throws Exception {
        assertIsTheManifest(server.get("/v2/team/app/manifests/1.0", "Accept: text/html"));
    }

    @Test
    void answersHeadWithTheSameHeadersAndNoBody() throws Exception {
        RawResponse response = server.head("/v2/team/app/manifests/1.0");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).hasValue(Integer.toString(manifest.size()));
        assertThat(response.header("Content-Type")).hasValue(MediaTypes.OCI_MANIFEST);
        assertThat(response.header("Docker-Content-Digest"))
                .hasValue(manifest.digest().toString());
    }

    @Test
    void returns304ToAClientThatHasTheManifest() throws Exception {
        for (String known : new String[] {
            "\"" + manifest.digest() + "\"",
            "W/\"" + manifest.digest() + "\"",
            "\"x\", \"" + manifest.digest() + "\"",
            manifest.digest().toString(),
            "*"
        }) {
            RawResponse response = server.get("/v2/team/app/manifests/1.0", "If-None-Match: " + known);

            assertThat(response.status()).as(known).isEqualTo(304);
            assertThat(response.header("Content-Length")).as(known).isEmpty();
            assertThat(response.header("ETag")).as(known).hasValue("\"" + manifest.digest() + "\"");
        }
    }

    @Test
    void servesAClientThatHasAnotherManifest() throws Exception {
        assertIsTheManifest(
                server.get("/v2/team/app/manifests/1.0", "If-None-Match: \"" + Digest.sha256(new byte[] {1}) + "\""));
    }

    @Test
    void returns404WithTheReference() throws Exception {
        for (String reference :
                new String[] {"2.0", Digest.sha256(new byte[] {1}).toString()}) {
            RawResponse response = server.get("/v2/team/app/manifests/" + reference);

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.codes()).containsExactly(ErrorCode.MANIFEST_UNKNOWN);
            assertThat(response.text()).contains("team/app").contains(reference);
            assertThat(server.head("/v2/team/app/manifests/" + reference).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void returns404ForAnUnknownRepository() throws Exception {
        assertThat(server.get("/v2/nobody/nothing/manifests/1.0").status()).isEqualTo(404);
        assertThat(server.head("/v2/nobody/nothing/manifests/1.0").status()).isEqualTo(404);
    }

    @Test
    void refusesAMalformedReference() throws Exception {
        assertRefused("/v2/team/app/manifests/.hidden", ErrorCode.TAG_INVALID);
        assertRefused("/v2/team/app/manifests/" + "x".repeat(129), ErrorCode.TAG_INVALID);
        assertRefused("/v2/team/app/manifests/sha256:short", ErrorCode.DIGEST_INVALID);
        assertRefused("/v2/team/app/manifests/md5:d41d8cd98f00b204e9800998ecf8427e", ErrorCode.DIGEST_INVALID);
        assertRefused("/v2/team/app/manifests/", ErrorCode.TAG_INVALID);
    }

    @Test
    void refusesAMalformedName() throws Exception {
        assertRefused("/v2/myimage/Hello/manifests/1.0", ErrorCode.NAME_INVALID);
        assertRefused("/v2//manifests/1.0", ErrorCode.NAME_INVALID);
        assertRefused("/v2/a//b/manifests/1.0", ErrorCode.NAME_INVALID);
        assertRefused("/v2/" + "a".repeat(256) + "/manifests/1.0", ErrorCode.NAME_INVALID);
    }

    private void assertRefused(String path, ErrorCode code) throws Exception {
        RawResponse response = server.get(path);

        assertThat(response.status()).as(path).isEqualTo(400);
        assertThat(response.codes()).as(path).containsExactly(code);
    }
}
