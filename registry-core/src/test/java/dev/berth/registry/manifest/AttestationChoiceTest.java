package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attestation in an index, as BuildKit writes them, is never the image for a platform. */
class AttestationChoiceTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform UNKNOWN = Platform.of("unknown", "unknown");

    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final Repository repository = registry.repository(NAME);
    private final SampleImages samples = new SampleImages(26);
    private Descriptor image;
    private PlatformImages images;

    @BeforeEach
    void pushIndex() {
        image = samples.image(repository, List.of(10)).descriptor().withPlatform(AMD64);
        Map<String, String> marks = Map.of(
                "vnd.docker.reference.digest",
                image.digest().toString(),
                "vnd.docker.reference.type",
                "attestation-manifest");
        // By its platform, by its annotations only, and first of all with the platform of the image.
        Descriptor unknown = samples.image(repository, List.of(20)).descriptor().withPlatform(UNKNOWN);
        Descriptor marked = samples.image(repository, List.of(30)).descriptor().withAnnotations(marks);
        Descriptor same = samples.image(repository, List.of(40))
                .descriptor()
                .withAnnotations(marks)
                .withPlatform(AMD64);
        Manifest index = ImageIndex.of(List.of(same, unknown, marked, image)).toManifest();
        repository.manifests().put(index, Tag.LATEST);
        images = PlatformImages.of(ImageLocation.of(registry, NAME, Tag.LATEST));
    }

    @Test
    void theImageIsTheOnlyOne() {
        assertThat(images.images()).containsExactly(image);
        assertThat(images.only()).isEqualTo(image);
        assertThat(images.get(AMD64)).isEqualTo(image);
        assertThat(images.entries()).hasSize(4);
    }

    @Test
    void theUnknownPlatformCannotBeChosen() {
        assertThat(images.find(UNKNOWN)).isEmpty();
        assertThatThrownBy(() -> images.get(UNKNOWN)).hasMessageEndingWith("there are: linux/amd64");
    }
}
