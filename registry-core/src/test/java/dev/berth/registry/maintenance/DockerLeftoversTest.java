package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code registry:2} and its crashes leave is collected, and its images stay. */
class DockerLeftoversTest {
    private static final String REPOSITORIES = "docker/registry/v2/repositories/";

    private final Garage garage = new Garage();
    private Manifest image;

    /** A store without a trace of Berth. */
    @BeforeEach
    void writeImage() throws IOException {
        image = garage.images.image(garage.app, List.of(300), Tag.parse("1"));
        for (String key : garage.keysWith("_berth/")) {
            garage.store.delete(ObjectKey.of(key));
        }
    }

    private Digest data(String content) {
        Digest digest = Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
        garage.write(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data",
                content);
        return digest;
    }

    private void layer(String repository, String name, Digest target) {
        garage.write(REPOSITORIES + repository + "/_layers/" + name + "/link", target.toString());
    }

    @Test
    void dataWithoutLinksAndLinksThatNothingNeedsGo() {
        List<String> before = garage.keysWith("docker/");
        data("without a link");
        Digest blob = data("of a push that was not completed");
        layer("only/blobs", "sha256/" + blob.hex(), blob);
        layer("team/app", "sha256/" + blob.hex(), blob);
        layer("team/app", "sha256/" + "0".repeat(64), Digest.parse("sha256:" + "0".repeat(64)));
        garage.write(
                REPOSITORIES + "team/app/_manifests/revisions/sha256/"
                        + data("half a manifest").hex() + "/link",
                "");
        CollectionReport report = garage.collector.complete(CollectionScope.EVERYTHING);
        assertThat(garage.keysWith("docker/")).isEqualTo(before);
        assertThat(report.count(Kind.BROKEN)).isZero();
        Garage.requireComplete(garage.app, image.descriptor());
    }

    @Test
    void whatIsNamedBySha512IsKeptWhileItIsNeeded() {
        Digest blob = data("a layer that was pushed with a sha512");
        String name = "sha512/" + "ab".repeat(64);
        layer("team/app", name, blob);
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"sha512:" + "ab".repeat(64)
                        + "\",\"size\":37},\"layers\":[]}";
        Digest digest = data(manifest);
        garage.write(
                REPOSITORIES + "team/app/_manifests/revisions/sha256/" + digest.hex() + "/link", digest.toString());
        List<String> before = garage.keysWith("docker/");
        garage.collector.complete(CollectionScope.EVERYTHING);
        assertThat(garage.keysWith("docker/")).isEqualTo(before);
        garage.app.manifests().delete(digest);
        garage.collector.complete(CollectionScope.EVERYTHING);
        assertThat(garage.hasData(blob)).isFalse();
        assertThat(garage.keysWith("sha512")).isEmpty();
        Garage.requireComplete(garage.app, image.descriptor());
    }

    @Test
    void uploadsGoWhenNobodyHasContinuedThemForLong() {
        String upload = REPOSITORIES + "team/app/_uploads/9ec5fb5c/";
        garage.write(upload + "startedat", "2025-12-01T00:00:00Z");
        garage.write(upload + "data", "some bytes");
        garage.pass(Duration.ofHours(20));
        garage.write(upload + "hashstates/sha256/10", "state");
        garage.pass(Duration.ofHours(20));
        garage.collector.collect(CollectionScope.EVERYTHING);
        assertThat(garage.keysWith(upload)).hasSize(3);
        garage.pass(Duration.ofHours(5));
        assertThat(garage.collector.plan(CollectionScope.EVERYTHING).details())
                .anyMatch(detail -> detail.object().equals(upload) && detail.kind() == Kind.REMOVED);
        CollectionReport report = garage.collector.collect(CollectionScope.EVERYTHING);
        assertThat(garage.keysWith(upload)).isEmpty();
        assertThat(report.removedBytes()).isEqualTo(20 + 10 + 5);
    }

    @Test
    void entriesWithoutAManifestGo() {
        garage.collector.collect(CollectionScope.EVERYTHING);
        List<String> before = garage.keysWith("_berth/index/re");
        String layer = garage.keysWith("/_layers/").get(0);
        String hex = layer.substring(layer.length() - 69, layer.length() - 5);
        garage.write("_berth/index/references/sha256/" + hex + "/team.other/sha256-" + "1".repeat(64), "");
        garage.write("_berth/index/references/sha256/" + hex + "/team.app/sha256-" + "2".repeat(64), "");
        garage.collector.complete(CollectionScope.EVERYTHING);
        assertThat(garage.keysWith("_berth/index/re")).isEqualTo(before);
        assertThat(garage.keysWith("_berth/collection/")).isEmpty();
        Garage.requireComplete(garage.app, image.descriptor());
    }
}
