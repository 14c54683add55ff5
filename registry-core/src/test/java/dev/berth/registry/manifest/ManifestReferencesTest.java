package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.manifest.ManifestReference.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestReferencesTest {
    private static final Descriptor CONFIG = descriptor(MediaTypes.OCI_CONFIG, "config");
    private static final Descriptor LAYER = descriptor(MediaTypes.OCI_LAYER_TAR_GZIP, "layer");
    private static final Descriptor SUBJECT = descriptor(MediaTypes.OCI_MANIFEST, "subject");

    private static Descriptor descriptor(String mediaType, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return Descriptor.of(mediaType, Digest.compute(DigestAlgorithm.SHA256, bytes), bytes.length);
    }

    @Test
    void anImageManifestNamesItsConfigurationItsLayersAndItsSubject() {
        ImageManifest manifest = ImageManifest.of(CONFIG, List.of(LAYER, LAYER)).withSubject(SUBJECT);
        assertThat(ManifestDocument.parse(manifest.toManifest()).references())
                .containsExactly(
                        new ManifestReference(CONFIG, Role.CONFIG, true),
                        new ManifestReference(LAYER, Role.LAYER, true),
                        new ManifestReference(LAYER, Role.LAYER, true),
                        new ManifestReference(SUBJECT, Role.SUBJECT, false));
    }

    static Stream<Descriptor> layersOfOtherPlaces() {
        return Stream.of(
                descriptor(MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_PREFIX + "tar+gzip", "a"),
                descriptor(MediaTypes.DOCKER_FOREIGN_LAYER, "b"),
                new Descriptor(
                        LAYER.mediaType(),
                        LAYER.digest(),
                        LAYER.size(),
                        LAYER.artifactType(),
                        LAYER.annotations(),
                        List.of("https://layers.example/1"),
                        LAYER.platform(),
                        LAYER.data()));
    }

    @ParameterizedTest
    @MethodSource("layersOfOtherPlaces")
    void aLayerThatMayBeElsewhereIsNotRequired(Descriptor layer) {
        assertThat(ImageManifest.of(CONFIG, List.of(layer)).references())
                .contains(new ManifestReference(layer, Role.LAYER, false));
    }

    @Test
    void anIndexNamesItsEntriesAndItsSubject() {
        Descriptor manifest = descriptor(MediaTypes.OCI_MANIFEST, "image");
        ImageIndex index = ImageIndex.of(List.of(manifest, LAYER)).withSubject(SUBJECT);
        assertThat(index.references())
                .containsExactly(
                        new ManifestReference(manifest, Role.MANIFEST, true),
                        new ManifestReference(LAYER, Role.MANIFEST, true),
                        new ManifestReference(SUBJECT, Role.SUBJECT, false));
        assertThat(index.references().stream().filter(ManifestReference::isContent))
                .hasSize(2);
    }

    @Test
    void ofAManifestOfAnUnknownTypeOnlyTheSubjectIsKnown() {
        byte[] body = ("{\"subject\":{\"mediaType\":\"" + SUBJECT.mediaType() + "\",\"digest\":\"" + SUBJECT.digest()
                        + "\",\"size\":" + SUBJECT.size() + "},\"layers\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(ManifestDocument.parse(Manifest.of("application/x", body)).references())
                .containsExactly(new ManifestReference(SUBJECT, Role.SUBJECT, false));
    }
}
