package dev.berth.registry.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.content.TestImages;
import dev.berth.registry.console.content.TestLayer;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("It is known which other images have a layer")
class SharedLayersTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final byte[] LAYER = new TestLayer().file("a", "one").tar();

    private final NodeStore store = new NodeStore(MemoryObjectStore.create());
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final SharedLayers shared = new SharedLayers(store);

    private Manifest image(String repository, String tag) {
        return new TestImages(registry.repository(repository))
                .image(tag, LAYER, new TestLayer().file("own", repository + tag).tar());
    }

    private SharedLayers.Sharing sharing(Manifest image) {
        List<Descriptor> layers = ((ImageManifest) ManifestDocument.parse(image)).layers();
        return shared.of(APP, image.digest(), layers, name -> !name.value().startsWith("secret/"))
                .get(layers.get(0).digest());
    }

    @Test
    void itCostsOneListingForEachLayerHoweverManyImagesThereAre() {
        Manifest image = image("team/app", "1");
        store.calls.clear();
        assertThat(sharing(image).isAlone()).isTrue();
        assertThat(store.calls).hasSize(1).containsValue(2);

        for (int i = 0; i < 150; i++) {
            image("team/other-" + i, "1");
        }
        image("team/app", "2");
        image("secret/plan", "1");
        store.calls.clear();
        SharedLayers.Sharing sharing = sharing(image);

        assertThat(store.calls).hasSize(1).containsValue(2);
        assertThat(sharing.images()).isEqualTo(1);
        assertThat(sharing.repositories()).hasSize(150).doesNotContain(RepositoryName.parse("secret/plan"));
        assertThat(sharing.more()).isFalse();
    }
}
