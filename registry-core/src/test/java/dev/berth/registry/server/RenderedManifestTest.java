package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers render is not a manifest, and pushed content can do nothing in a browser. */
class RenderedManifestTest {
    private static final byte[] PAGE = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
    private static final RepositoryName NAME = RepositoryName.parse("team/app");

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.serving(StorageRegistry.over(store), builder -> builder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "TEXT/HTML",
                "text/html; charset=utf-8",
                "text/html;charset=\"utf-8\"",
                "text/plain",
                "text/json",
                "image/svg+xml",
                "image/png",
                "application/xhtml+xml",
                "Application/XML",
                "application/vnd.example+xml",
                "application/xml-dtd",
                "text/javascript",
                "application/javascript",
                "application/x-ecmascript",
                "application/pdf",
                "multipart/mixed",
                "message/rfc822",
                "video/mp4"
            })
    void refusesAMediaTypeThatBrowsersRender(String mediaType) throws Exception {
        RawResponse response = server.exchange("PUT", "/v2/team/app/manifests/1.0", PAGE, "Content-Type: " + mediaType);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.codes()).containsExactly(ErrorCode.MANIFEST_INVALID);
        assertThat(response.text()).contains(mediaType.split(";")[0]).contains(MediaTypes.OCI_MANIFEST);
        assertThat(server.head("/v2/team/app/manifests/1.0").status()).isEqualTo(404);
    }

    @Test
    void refusesOneThatOnlyTheContentDeclares() throws Exception {
        byte[] manifest = "{\"mediaType\":\"image/svg+xml\"}".getBytes(StandardCharsets.UTF_8);

        RawResponse response = server.exchange("PUT", "/v2/team/app/manifests/1.0", manifest);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("image/svg+xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.example.thing+json", "application/json", "application/vnd.example.thing"})
    void takesTheMediaTypesOfOtherManifests(String mediaType) throws Exception {
        RawResponse response = server.exchange(
                "PUT",
                "/v2/team/app/manifests/1.0",
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                "Content-Type: " + mediaType);

        assertThat(response.status()).isEqualTo(201);
        assertThat(server.get("/v2/team/app/manifests/1.0").header("Content-Type"))
                .hasValue(mediaType);
    }

    @Test
    void whatAnotherRegistryHasStoredCanDoNothing() throws Exception {
        byte[] page =
                "{\"mediaType\":\"text/html\",\"x\":\"<script>alert(1)</script>\"}".getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(page);
        byte[] link = digest.toString().getBytes(StandardCharsets.US_ASCII);
        store.put(Keys.data(digest), page, PutCondition.always());
        store.put(Keys.revisionLink(NAME, digest), link, PutCondition.always());

        for (String method : new String[] {"GET", "HEAD"}) {
            RawResponse response = method.equals("GET")
                    ? server.get("/v2/team/app/manifests/" + digest)
                    : server.head("/v2/team/app/manifests/" + digest);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).hasValue("text/html");
            assertIsDisarmed(response);
            assertThat(response.header("Content-Disposition"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));
        }
    }

    @Test
    void manifestsAndBlobsCanDoNothing() throws Exception {
        Manifest manifest = Samples.image(server.repository("team/app"), "one");
        server.repository("team/app").manifests().put(manifest, Tag.parse("1.0"));
        Digest blob = Samples.pushBlob(server.repository("team/app"), PAGE);

        assertIsDisarmed(server.get("/v2/team/app/manifests/1.0"));
        assertIsDisarmed(server.get("/v2/team/app/blobs/" + blob));
        assertIsDisarmed(server.get("/v2/team/app/blobs/" + blob, "Range: bytes=0-3"));
        assertThat(server.get("/v2/team/app/manifests/1.0").header("Content-Disposition"))
                .isEmpty();
    }

    private static void assertIsDisarmed(RawResponse response) {
        assertThat(response.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.header("Content-Security-Policy")).hasValue("sandbox; default-src 'none'");
    }
}
