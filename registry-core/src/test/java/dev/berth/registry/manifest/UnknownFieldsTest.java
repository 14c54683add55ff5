package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.contract.Seeds;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownFieldsTest {

    private static Manifest manifest(String mediaType, JsonNode tree) {
        // Not the form that the writer would give it.
        return Manifest.of(mediaType, tree.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aManifestThatWasReadGivesItsBytesBack() {
        Seeds.check(300, seed -> {
            RandomDocuments documents = new RandomDocuments(seed);
            Manifest image = manifest(MediaTypes.OCI_MANIFEST, documents.imageManifest(MediaTypes.OCI_MANIFEST));
            Manifest index = manifest(MediaTypes.OCI_INDEX, documents.index(MediaTypes.OCI_INDEX));

            assertThat(ManifestDocument.parse(image).toManifest().bytes()).isEqualTo(image.bytes());
            assertThat(ManifestDocument.parse(index).toManifest().bytes()).isEqualTo(index.bytes());
        });
    }

    @Test
    void aChangedImageManifestDiffersOnlyInWhatWasChanged() {
        Seeds.check(300, seed -> {
            ObjectNode tree = new RandomDocuments(seed).imageManifest(MediaTypes.DOCKER_MANIFEST);
            ImageManifest image = (ImageManifest) ManifestDocument.parse(manifest(MediaTypes.DOCKER_MANIFEST, tree));
            Descriptor added = Descriptor.of("a/b", Digest.sha256(new byte[0]), 0);
            List<Descriptor> layers = new ArrayList<>(image.layers());
            layers.add(0, added);

            ImageManifest changed = image.withAnnotations(Map.of("k", "v")).withContent(image.config(), layers);
            Manifest written = changed.toManifest();

            tree.putObject("annotations").put("k", "v");
            tree.withArray("layers")
                    .insertObject(0)
                    .put("mediaType", "a/b")
                    .put("digest", added.digest().toString())
                    .put("size", 0);
            assertThat(StrictJson.parse(written.bytes())).isEqualTo(reread(tree));
            assertThat(written.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        });
    }

    @Test
    void aChangedIndexDiffersOnlyInWhatWasChanged() {
        Seeds.check(300, seed -> {
            ObjectNode tree = new RandomDocuments(seed).index(MediaTypes.OCI_INDEX);
            ImageIndex index = (ImageIndex) ManifestDocument.parse(manifest(MediaTypes.OCI_INDEX, tree));
            List<Descriptor> manifests = new ArrayList<>(index.manifests());
            Descriptor subject = Descriptor.of("a/b", Digest.sha256(new byte[0]), 0);
            if (!manifests.isEmpty()) {
                manifests.remove(0);
                tree.withArray("manifests").remove(0);
            }

            Manifest written = index.withManifests(manifests)
                    .withSubject(subject)
                    .withArtifactType("a/c")
                    .toManifest();

            tree.putObject("subject")
                    .put("mediaType", "a/b")
                    .put("digest", subject.digest().toString())
                    .put("size", 0);
            tree.put("artifactType", "a/c");
            assertThat(StrictJson.parse(written.bytes())).isEqualTo(reread(tree));
        });
    }

    @Test
    void aConfigThatWasReadGivesItsBytesBack() {
        Seeds.check(300, seed -> {
            byte[] json =
                    new RandomDocuments(seed).imageConfig().toPrettyString().getBytes(StandardCharsets.UTF_8);

            assertThat(ImageConfig.parse(json).toJson()).isEqualTo(json);
        });
    }

    @Test
    void aChangedConfigDiffersOnlyInWhatWasChanged() {
        Seeds.check(300, seed -> {
            ObjectNode tree = new RandomDocuments(seed).imageConfig();
            ImageConfig config = ImageConfig.parse(tree.toString().getBytes(StandardCharsets.UTF_8));
            Digest diffId = Digest.sha256(new byte[] {1});
            List<Digest> diffIds = new ArrayList<>(config.diffIds());
            diffIds.add(diffId);
            List<HistoryEntry> history = new ArrayList<>(config.history());
            history.add(HistoryEntry.of("COPY"));

            byte[] written = config.withLayers(diffIds, history)
                    .withCreated(Instant.EPOCH)
                    .withPlatform(Platform.of("linux", "riscv64"))
                    .toJson();

            tree.withObject("rootfs").withArray("diff_ids").add(diffId.toString());
            tree.withArray("history").addObject().put("created_by", "COPY");
            tree.put("created", "1970-01-01T00:00:00Z")
                    .put("architecture", "riscv64")
                    .remove("variant");
            assertThat(StrictJson.parse(written)).isEqualTo(reread(tree));
        });
    }

    @Test
    void whatIsNotChangedIsNotTouchedEvenIfWrittenInAnOddWay() {
        Manifest odd = Manifest.of(
                MediaTypes.OCI_INDEX,
                "{\"manifests\":null,\"annotations\":{},\"subject\":null,\"artifactType\":\"\"}"
                        .getBytes(StandardCharsets.UTF_8));

        ImageIndex index = (ImageIndex) ManifestDocument.parse(odd);

        assertThat(index.toManifest()).isEqualTo(odd);
        assertThat(new String(index.withArtifactType("a/b").toManifest().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"manifests\":null,\"annotations\":{},\"subject\":null,\"artifactType\":\"a/b\"}");
    }

    private static JsonNode reread(JsonNode tree) {
        return StrictJson.parse(tree.toString().getBytes(StandardCharsets.UTF_8));
    }
}
