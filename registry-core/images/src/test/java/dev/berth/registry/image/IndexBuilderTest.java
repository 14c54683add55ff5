package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class IndexBuilderTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Tag TAG = Tag.of("1.0");
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64/v8");

    private final Registry registry = Registries.empty();

    private ImageIndex index(Tag tag) {
        return (ImageIndex)
                ManifestDocument.parse(registry.repository(APP).manifests().get(tag));
    }

    @Test
    void anIndexListsItsImagesWithTheirPlatforms() {
        Descriptor pushed = IndexBuilder.create()
                .image(ImageBuilder.fromScratch(ARM64).entrypoint("arm"))
                .image(ImageBuilder.fromScratch(AMD64).entrypoint("intel"))
                .annotation("k", "v")
                .pushTo(registry, APP, TAG);

        ImageIndex index = index(TAG);
        assertThat(registry.repository(APP).tags().resolve(TAG).orElseThrow().digest())
                .isEqualTo(pushed.digest());
        assertThat(index.annotations()).containsExactly(Map.entry("k", "v"));
        assertThat(index.manifests())
                .extracting(Descriptor::platform)
                .containsExactly(Optional.of(ARM64), Optional.of(AMD64));
        assertThat(index.manifests())
                .allSatisfy(entry -> assertThat(registry.repository(APP)
                                .manifests()
                                .get(entry.digest())
                                .size())
                        .isEqualTo((int) entry.size()));
    }

    /** A stream that can be read once is enough for both images. */
    @Test
    void aLayerOfSeveralImagesIsPackedOnce() throws IOException {
        byte[] tar = Tars.make(out -> Tars.add(out, "a", TarConstants.LF_NORMAL, "", "x"));
        Layer common = Layer.ofTar(BlobSource.once(new ByteArrayInputStream(tar)));

        IndexBuilder.create()
                .image(ImageBuilder.fromScratch(AMD64).layer(common))
                .image(ImageBuilder.fromScratch(ARM64).layer(common))
                .pushTo(registry, APP, TAG);

        assertThat(index(TAG).manifests())
                .extracting(
                        entry -> Registries.image(registry, APP, entry.digest()).layers())
                .hasSize(2)
                .allSatisfy(layers -> assertThat(layers).hasSize(1))
                .satisfies(layers -> assertThat(layers.get(0)).isEqualTo(layers.get(1)));
    }

    @Test
    void anIndexMayBeAnArtifactAboutSomething() {
        Descriptor image = ImageBuilder.fromScratch(AMD64).pushTo(registry, APP);

        Descriptor index = IndexBuilder.create()
                .artifactType("application/vnd.example.bundle")
                .subject(image)
                .pushTo(registry, APP);

        assertThat(registry.repository(APP).manifests().referrers(image.digest()))
                .containsExactly(index.withArtifactType("application/vnd.example.bundle"));
    }

    @Test
    void dockersListHasDockersImagesOnly() {
        IndexBuilder.create()
                .format(ManifestFormat.DOCKER)
                .image(ImageBuilder.fromScratch(AMD64).format(ManifestFormat.DOCKER))
                .pushTo(registry, APP, TAG);

        assertThat(index(TAG).mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexBuilder.create()
                        .format(ManifestFormat.DOCKER)
                        .image(ImageBuilder.fromScratch(AMD64))
                        .pushTo(registry, APP))
                .withMessageContaining("Docker's format");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexBuilder.create()
                        .format(ManifestFormat.DOCKER)
                        .annotation("k", "v")
                        .pushTo(registry, APP))
                .withMessageContaining("no annotations");
    }
}
