package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    private static final Digest DIGEST = Digest.sha256(new byte[] {1});
    private static final Descriptor PLAIN = Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 123);

    @Test
    void hasRequiredFieldsOnly() {
        assertThat(PLAIN.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(PLAIN.digest()).isEqualTo(DIGEST);
        assertThat(PLAIN.size()).isEqualTo(123);
        assertThat(PLAIN.artifactType()).isEmpty();
        assertThat(PLAIN.annotations()).isEmpty();
        assertThat(PLAIN.urls()).isEmpty();
        assertThat(PLAIN.platform()).isEmpty();
        assertThat(PLAIN.data()).isEmpty();
    }

    @Test
    void refusesANegativeSize() {
        assertThat(Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 0).size()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, -1))
                .withMessageContaining(DIGEST.toString());
        assertThatNullPointerException().isThrownBy(() -> Descriptor.of(null, DIGEST, 1));
        assertThatNullPointerException().isThrownBy(() -> Descriptor.of(MediaTypes.OCI_MANIFEST, null, 1));
    }

    @Test
    void changesOneFieldAtATime() {
        Platform arm = Platform.parse("linux/arm64");
        Descriptor all = PLAIN.withArtifactType("application/x")
                .withAnnotations(Map.of("a", "b"))
                .withPlatform(arm);
        assertThat(all)
                .isEqualTo(new Descriptor(
                        MediaTypes.OCI_MANIFEST,
                        DIGEST,
                        123,
                        Optional.of("application/x"),
                        Map.of("a", "b"),
                        List.of(),
                        Optional.of(arm),
                        Optional.empty()));
        assertThat(all.withAnnotations(Map.of("c", "d")).annotations()).containsExactly(Map.entry("c", "d"));
        assertThat(PLAIN.annotations()).isEmpty();
    }

    @Test
    void keepsTheOrderOfAnnotationsAndItsOwnCopy() {
        Map<String, String> annotations = new LinkedHashMap<>();
        for (String name : List.of("z", "a", "m", "b")) {
            annotations.put(name, "1");
        }
        List<String> urls = new ArrayList<>(List.of("https://one.example"));
        Descriptor descriptor = new Descriptor(
                MediaTypes.OCI_LAYER_TAR,
                DIGEST,
                1,
                Optional.empty(),
                annotations,
                urls,
                Optional.empty(),
                Optional.empty());
        annotations.clear();
        urls.clear();
        assertThat(descriptor.annotations().keySet()).containsExactly("z", "a", "m", "b");
        assertThat(descriptor.urls()).containsExactly("https://one.example");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> descriptor.annotations().put("x", "y"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> descriptor.urls().add("x"));
    }

    @Test
    void referrersAreFilteredByTheirArtifactType() {
        Descriptor typed = PLAIN.withArtifactType("application/sbom");
        assertThat(ReferrerFilter.all().accepts(PLAIN)).isTrue();
        assertThat(ReferrerFilter.all().accepts(typed)).isTrue();
        assertThat(ReferrerFilter.ofArtifactType("application/sbom").accepts(typed))
                .isTrue();
        assertThat(ReferrerFilter.ofArtifactType("application/sbom").accepts(PLAIN))
                .isFalse();
        assertThat(ReferrerFilter.ofArtifactType("application/other").accepts(typed))
                .isFalse();
    }
}
