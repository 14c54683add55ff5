package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.fixtures.Allocations;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any bytes are a manifest, or are refused as an invalid one. What is stored of it is what is read of it later, and a
 * changed copy differs in nothing else.
 */
class ManifestFuzzTest {
    private static final Map<String, String> ANNOTATIONS = Map.of("fuzz", "test");

    @FuzzTest
    void documents(byte[] input) throws Exception {
        Allocations.requireProportional(input.length, () -> {
            String inferred = ManifestDocument.inferMediaType(input).orElse(MediaTypes.OCI_MANIFEST);
            check(Manifest.of(inferred.isBlank() ? MediaTypes.OCI_INDEX : inferred, input));
            check(Manifest.of("application/vnd.example+json", input));
            config(input);
        });
    }

    private static void check(Manifest manifest) {
        Optional<ManifestDocument> whole = attempt(() -> ManifestDocument.parse(manifest));
        Optional<ManifestDocument> outline = attempt(() -> ManifestDocument.outline(manifest));
        Optional<ManifestDocument> stored = attempt(() -> ManifestDocument.parseNew(manifest));
        assertThat(outline.isPresent()).isEqualTo(whole.isPresent());
        assertThat(whole.isPresent() || stored.isEmpty()).isTrue();
        if (whole.isPresent()) {
            ManifestDocument document = whole.get();
            requireSame(outline.orElseThrow(), document);
            assertThat(document.toManifest()).isSameAs(manifest);
            assertThat(outline.get().annotations()).isEqualTo(document.annotations());
            change(document);
        }
    }

    private interface Reading {
        ManifestDocument read();
    }

    private static Optional<ManifestDocument> attempt(Reading reading) {
        try {
            return Optional.of(reading.read());
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
            return Optional.empty();
        }
    }

    private static void requireSame(ManifestDocument outline, ManifestDocument whole) {
        assertThat(content(outline)).isEqualTo(content(whole));
        assertThat(outline.artifactType()).isEqualTo(whole.artifactType());
        assertThat(outline.subject().map(Descriptor::digest))
                .isEqualTo(whole.subject().map(Descriptor::digest));
    }

    private static List<String> content(ManifestDocument document) {
        return document.references().stream()
                .map(reference -> reference.role() + " "
                        + reference.descriptor().mediaType()
                        + reference.descriptor().digest()
                        + reference.descriptor().size())
                .toList();
    }

    private static void change(ManifestDocument document) {
        if (document instanceof ImageManifest image) {
            requireSame(written(image.withAnnotations(ANNOTATIONS)), image);
        } else if (document instanceof ImageIndex index) {
            requireSame(written(index.withAnnotations(ANNOTATIONS)), index);
        }
    }

    private static ManifestDocument written(ManifestDocument changed) {
        ManifestDocument read = ManifestDocument.parse(changed.toManifest());
        assertThat(read.annotations()).isEqualTo(ANNOTATIONS);
        return read;
    }

    private static void config(byte[] input) {
        ImageConfig config;
        try {
            config = ImageConfig.parse(input);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(config.toJson()).isEqualTo(input);
        ImageConfig changed = ImageConfig.parse(config.withAuthor("fuzz test").toJson());
        assertThat(changed.author()).contains("fuzz test");
        assertThat(changed.platform()).isEqualTo(config.platform());
        assertThat(changed.execution()).isEqualTo(config.execution());
        assertThat(changed.diffIds()).isEqualTo(config.diffIds());
        assertThat(changed.history()).isEqualTo(config.history());
        assertThat(changed.created()).isEqualTo(config.created());
    }
}
