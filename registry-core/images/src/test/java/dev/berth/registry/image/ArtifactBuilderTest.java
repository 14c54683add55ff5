package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.manifest.ImageManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtifactBuilderTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final String SBOM = "application/vnd.example.sbom.v1";

    private final Registry registry = Registries.empty();

    private static BlobSource text(String text) {
        return BlobSource.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anArtifactIsAReferrerOfItsSubject() throws IOException {
        Descriptor image =
                ImageBuilder.fromScratch(Platform.of("linux", "amd64")).pushTo(registry, APP, Tag.parse("1"));

        Descriptor artifact = ArtifactBuilder.of(SBOM)
                .subject(image)
                .content("application/spdx+json", text("sbom"), Map.of(ArtifactBuilder.TITLE, "sbom.json"))
                .annotation("k", "v")
                .pushTo(registry, APP);

        assertThat(registry.repository(APP).manifests().referrers(image.digest()))
                .containsExactly(artifact.withAnnotations(Map.of("k", "v")));
        ImageManifest manifest = Registries.image(registry, APP, artifact.digest());
        Descriptor content = manifest.layers().get(0);
        assertThat(manifest.artifactType()).contains(SBOM);
        assertThat(manifest.subject()).contains(Descriptor.of(image.mediaType(), image.digest(), image.size()));
        assertThat(content.mediaType()).isEqualTo("application/spdx+json");
        assertThat(content.annotations()).containsExactly(Map.entry(ArtifactBuilder.TITLE, "sbom.json"));
        assertThat(Registries.blob(registry, APP, content.digest())).isEqualTo("sbom".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anArtifactWithoutContentHasTheEmptyOne() throws IOException {
        Descriptor artifact = ArtifactBuilder.of(SBOM).annotation("k", "v").pushTo(registry, APP, Tag.parse("1"));

        ImageManifest manifest = Registries.image(registry, APP, artifact.digest());
        assertThat(manifest.config().mediaType()).isEqualTo(MediaTypes.OCI_EMPTY);
        assertThat(manifest.config().data()).contains("e30=");
        assertThat(manifest.layers()).containsExactly(manifest.config());
        assertThat(Registries.blob(registry, APP, manifest.config().digest()))
                .isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anArtifactMayHaveAConfiguration() throws IOException {
        Descriptor artifact = ArtifactBuilder.of(SBOM)
                .config("application/vnd.example.config+json", text("{\"a\":1}"))
                .content("text/plain", text("x"))
                .pushTo(registry, APP);

        Descriptor config = Registries.image(registry, APP, artifact.digest()).config();
        assertThat(config.mediaType()).isEqualTo("application/vnd.example.config+json");
        assertThat(config.digest()).isEqualTo(Digest.sha256("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void contentOfUnknownSizeIsStreamed() throws IOException {
        byte[] content = new byte[300_000];
        Descriptor artifact = ArtifactBuilder.of(SBOM)
                .content("a/b", BlobSource.once(new ByteArrayInputStream(content)))
                .pushTo(registry, APP);

        assertThat(Registries.image(registry, APP, artifact.digest()).layers())
                .containsExactly(Descriptor.of("a/b", Digest.sha256(content), content.length));
    }

    @Test
    void contentThatCannotBeReadIsSaidToBe() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("The disk is gone");
            }
        };

        assertThatThrownBy(() -> ArtifactBuilder.of(SBOM)
                        .content("a/b", BlobSource.once(broken))
                        .pushTo(registry, APP))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("The disk is gone");
    }

    @Test
    void whatIsNoMediaTypeIsRefused() {
        Cases.of("", "sbom", "a/b/c", "a/b; charset=x", "a/ b", "/b").check(mediaType -> {
            assertThatIllegalArgumentException().isThrownBy(() -> ArtifactBuilder.of(mediaType));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ArtifactBuilder.of(SBOM).content(mediaType, text("")))
                    .withMessageContaining("'" + mediaType + "' is not a media type");
        });
    }
}
