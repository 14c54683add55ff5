package dev.berth.registry.mirror.router;

import static dev.berth.registry.mirror.router.Routed.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.Content;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What containerd does to a mirror, over HTTP. */
class NamespaceOverHttpTest {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @Test
    void eachRegistryIsReadThroughItsNs() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest ofHub = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Manifest ofOther = Routed.image(setup.other.stored(), "library/app", 2, LATEST);
            Manifest ours = Routed.image(setup.local, "library/app", 3, LATEST);

            assertThat(setup.get("/v2/library/app/manifests/latest?ns=hub.example")
                            .body())
                    .isEqualTo(text(ofHub));
            assertThat(setup.get("/v2/library/app/manifests/latest?ns=other.example:5000")
                            .body())
                    .isEqualTo(text(ofOther));
            assertThat(setup.get("/v2/library/app/manifests/latest?ns=here.example")
                            .body())
                    .isEqualTo(text(ours));
            assertThat(setup.get("/v2/library/app/manifests/latest").body()).isEqualTo(text(ours));
            assertThat(setup.hub.lines()).noneMatch(line -> line.contains("ns="));
        }
    }

    private static String text(Manifest manifest) {
        return new String(manifest.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void allReadingsTakeAnNs() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest image = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Repository there = setup.hub.stored().repository("library/app");
            there.manifests().put(Content.artifact(there, image, "a note"));
            String layer = "/v2/library/app/blobs/" + Routed.layer(image) + "?ns=hub.example";

            assertThat(setup.send("HEAD", "/v2/library/app/manifests/latest?ns=hub.example")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(setup.send("HEAD", layer).headers().firstValue("Content-Length"))
                    .contains("10000");
            HttpResponse<String> part = setup.get(layer, "Range", "bytes=10-19");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Length")).contains("10");
            assertThat(setup.get("/v2/library/app/referrers/" + image.digest() + "?ns=hub.example")
                            .body())
                    .contains("a note");
            assertThat(setup.get("/v2/?ns=hub.example").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void pagesAreFollowedAsTheClientKnowsThem() throws Exception {
        try (Routed setup = new Routed()) {
            Routed.image(setup.hub.stored(), "library/app", 1, Tag.parse("a"), Tag.parse("b"), Tag.parse("c"));
            List<String> pages = new ArrayList<>();

            String next = "/v2/library/app/tags/list?n=1&ns=hub.example";
            while (!next.isEmpty()) {
                HttpResponse<String> page = setup.get(next);
                assertThat(page.statusCode()).as(next).isEqualTo(200);
                pages.add(page.body());
                Matcher link = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
                // containerd adds it to whatever it asks for.
                next = link.find() ? link.group(1) + "&ns=hub.example" : "";
            }

            assertThat(pages).hasSize(3);
            assertThat(pages.get(2)).contains("\"c\"");
        }
    }

    @Test
    void aRegistryWithoutAMirrorIsNotFoundAndNobodyIsAsked() throws Exception {
        try (Routed setup = new Routed()) {
            Routed.image(setup.hub.stored(), "library/app", 1, LATEST);

            HttpResponse<String> answer = setup.get("/v2/library/app/manifests/latest?ns=third.example");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("NAME_UNKNOWN", "no mirror of third.example");
            assertThat(setup.send("HEAD", "/v2/library/app/manifests/latest?ns=third.example")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(setup.hub.requests()).isEmpty();
        }
    }

    @Test
    void pushesToAMirrorAreRefused() throws Exception {
        try (Routed setup = new Routed()) {
            HttpResponse<String> answer = setup.send("POST", "/v2/library/app/blobs/uploads/?ns=hub.example");

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.body()).contains("mirror of another registry");
            assertThat(setup.send("POST", "/v2/library/app/blobs/uploads/?ns=here.example")
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void whatCannotBeIsAMistakeOfTheClient() throws Exception {
        try (Routed setup = new Routed()) {
            for (String namespace : List.of("a&ns=b", "%00", "..%2f..", "a".repeat(1 << 20))) {
                assertThat(setup.get("/v2/library/app/manifests/latest?ns=" + namespace)
                                .statusCode())
                        .as(namespace.substring(0, Math.min(20, namespace.length())))
                        .isBetween(400, 499);
            }
            assertThat(setup.hub.requests()).isEmpty();
        }
    }
}
