package dev.berth.registry.maintenance.scrub;

import static dev.berth.registry.maintenance.scrub.ScrubWorld.APP;
import static dev.berth.registry.maintenance.scrub.ScrubWorld.LATEST;
import static dev.berth.registry.maintenance.scrub.ScrubWorld.MULTI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scrub reports links that cannot be used and manifests that are not whole, and changes none of them. */
class BrokenLinksTest {
    private final ScrubWorld world = new ScrubWorld();
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(
            store, StorageOptions.builder().requireBlobs(false).build());
    private final Digest layer = Digest.sha256(world.layer);

    @BeforeEach
    void push() {
        world.push(registry);
    }

    private void write(ObjectKey key, String content) throws IOException {
        store.put(key, content.getBytes(StandardCharsets.UTF_8), PutCondition.always());
    }

    private ScrubFinding only(ScrubProblem problem) throws IOException {
        List<String> before = ScrubWorld.keys(store);
        ScrubReport report = Scrub.over(store).run();
        assertThat(report.findings()).extracting(ScrubFinding::problem).containsExactly(problem);
        assertThat(ScrubWorld.keys(store))
                .filteredOn(key -> !key.contains("/scrub/"))
                .containsExactlyElementsOf(
                        before.stream().filter(key -> !key.contains("/scrub/")).toList());
        assertThat(Scrub.over(store).lastReport()).contains(report);
        return report.findings().get(0);
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        ScrubReport report = Scrub.over(store).run();
        assertThat(report.findings()).isEmpty();
        assertThat(report.links()).isEqualTo(2 * 7);
        assertThat(report.blobs()).isEqualTo(5);
        assertThat(report.bytes()).isGreaterThan(100_000);
    }

    @Test
    void anEmptyLinkOfABlob() throws IOException {
        write(Keys.layerLink(APP, layer), "");
        ScrubReport report = Scrub.over(store).run();
        assertThat(report.findings())
                .extracting(ScrubFinding::problem)
                .as("the link, and the image that it makes incomplete")
                .containsExactlyInAnyOrder(ScrubProblem.BROKEN_LINK);
        ScrubFinding finding = report.findings().get(0);
        assertThat(finding.affected()).singleElement().satisfies(affected -> {
            assertThat(affected.repository()).isEqualTo(APP);
            assertThat(affected.tags()).containsExactlyInAnyOrder(LATEST, MULTI);
        });
        registry.repository(APP).blobs().push(layer, BlobSource.of(world.layer));
        assertThat(Scrub.over(store).run().findings()).isEmpty();
    }

    @Test
    void aCutLinkOfAManifest() throws IOException {
        write(Keys.revisionLink(APP, world.index.digest()), "sha256:01");
        assertThat(only(ScrubProblem.BROKEN_LINK).digest()).contains(world.index.digest());
    }

    @Test
    void aCutLinkOfATag() throws IOException {
        write(Keys.tagLink(APP, MULTI), "sha");
        assertThat(only(ScrubProblem.BROKEN_LINK).affected())
                .containsExactly(new AffectedRepository(APP, List.of(), List.of(MULTI)));
    }

    @Test
    void anEmptyLinkOfATagUnlessThatWasDeleted() throws IOException {
        registry.repository(APP).tags().delete(MULTI);
        write(Keys.tagLink(APP, MULTI), "");
        assertThat(Scrub.over(store).run().findings()).isEmpty();
        write(Keys.tagLink(APP, LATEST), "");
        only(ScrubProblem.BROKEN_LINK);
    }

    @Test
    void dataThatIsGone() throws IOException {
        store.delete(Keys.data(Digest.sha256(world.loose)));
        ScrubReport report = Scrub.over(store).run();
        assertThat(report.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.problem()).isEqualTo(ScrubProblem.MISSING_DATA));
    }

    @Test
    void aLinkToOtherContent() throws IOException {
        write(Keys.layerLink(APP, layer), Digest.sha256(world.loose).toString());
        ScrubReport report = Scrub.over(store).run();
        assertThat(report.findings())
                .extracting(ScrubFinding::problem)
                .containsExactlyInAnyOrder(ScrubProblem.WRONG_LINK, ScrubProblem.WRONG_SIZE);
    }

    @Test
    void aLinkFromASha512AsTheOtherRegistryMakesThemIsFine() throws IOException {
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, world.layer);
        write(Keys.layerLink(APP, sha512), layer.toString());
        assertThat(Scrub.over(store).run().findings()).isEmpty();
        write(Keys.layerLink(APP, sha512), Digest.sha256(world.config).toString());
        only(ScrubProblem.WRONG_LINK);
    }

    @Test
    void aTagOfNothing() throws IOException {
        write(Keys.tagLink(APP, Tag.parse("old")), Digest.sha256(new byte[3]).toString());
        assertThat(only(ScrubProblem.DANGLING_TAG).description()).contains("team/app:old");
    }

    @Test
    void aManifestThatIsNone() throws IOException {
        byte[] bytes =
                ("{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":7}").getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(bytes);
        store.put(Keys.data(digest), bytes, PutCondition.always());
        write(Keys.revisionLink(APP, digest), digest.toString());
        assertThat(only(ScrubProblem.MALFORMED_MANIFEST).digest()).contains(digest);
    }

    @Test
    void aManifestThatNeedsMoreThanThereIs() throws IOException {
        byte[] absent = ScrubWorld.random(77);
        Manifest manifest = ScrubWorld.manifest("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\"config\":" + ScrubWorld.descriptor(MediaTypes.OCI_CONFIG, absent) + ",\"layers\":[]}");
        registry.repository(APP).manifests().put(manifest, Tag.parse("partial"));
        ScrubFinding finding = only(ScrubProblem.MISSING_PART);
        assertThat(finding.digest()).contains(Digest.sha256(absent));
        assertThat(finding.affected().get(0).tags()).containsExactly(Tag.parse("partial"));
    }

    @Test
    void aManifestThatStatesAnotherSize() throws IOException {
        byte[] bytes = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                        + ScrubWorld.descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(world.config), 5)
                        + ",\"layers\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(bytes);
        store.put(Keys.data(digest), bytes, PutCondition.always());
        write(Keys.revisionLink(APP, digest), digest.toString());
        assertThat(only(ScrubProblem.WRONG_SIZE).digest()).contains(Digest.sha256(world.config));
    }
}
