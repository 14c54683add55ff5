package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** HEAD is answered as GET is, header by header, and with the length of the body that GET would bring. */
@org.junit.jupiter.api.Tag("end-2")
@org.junit.jupiter.api.Tag("end-3")
public class HeadTest extends ServedTest {

    @Test
    void hasTheStatusAndTheHeadersOfGet() throws Exception {
        try (TestServer server = serve()) {
            Manifest manifest = Samples.image(server.repository("team/app"), "one");
            server.repository("team/app").manifests().put(manifest, Tag.parse("1.0"));
            Digest blob = Samples.pushBlob(server.repository("team/app"), Samples.bytes(1000, 1));
            Digest missing = Digest.sha256(new byte[] {1, 2, 3});
            for (String path : new String[] {
                "/",
                "/v2/",
                "/v2/_catalog",
                "/v2/_catalog?n=-1",
                "/v2/team/app/tags/list?n=0",
                "/v2/team/app/tags/list",
                "/v2/nobody/tags/list",
                "/v2/team/App/tags/list",
                "/v2/team/app/manifests/1.0",
                "/v2/team/app/manifests/" + manifest.digest(),
                "/v2/team/app/manifests/2.0",
                "/v2/team/app/manifests/" + missing,
                "/v2/nobody/manifests/1.0",
                "/v2/team/app/manifests/-",
                "/v2/team/app/blobs/" + blob,
                "/v2/team/app/blobs/" + missing,
                "/v2/nobody/blobs/" + missing,
                "/v2/team/app/blobs/sha256:short",
                "/v2/team/app/blobs/uploads/nothing",
                "/v2/team/app/referrers/" + missing,
                "/v2/team/app/referrers/short"
            }) {
                RawResponse get = server.get(path);
                RawResponse head = server.head(path);

                assertThat(head.status()).as(path).isEqualTo(get.status());
                assertThat(headers(head)).as(path).isEqualTo(headers(get));
                assertThat(head.header("Content-Length")).as(path).hasValue(Integer.toString(get.body().length));
            }
        }
    }

    private static Map<String, List<String>> headers(RawResponse response) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers());
        headers.remove("Date");
        return headers;
    }
}
