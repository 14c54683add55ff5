package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.compose.WithoutDeletion;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The trash as it is shown: a page at a time, and restored through what stands in front of the engine. */
class TrashPageTest {
    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Repository app = registry.repository("team/app");
    private final SampleImages images = new SampleImages(7);

    private List<Digest> deleteImages(int number) {
        List<Digest> deleted = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Manifest image = images.image(app, List.of(10), Tag.parse("v" + i), Tag.parse("w" + i));
            app.manifests().delete(image.digest());
            deleted.add(image.digest());
        }
        return deleted.stream().sorted().toList();
    }

    @Test
    void pagesFollowEachOtherAndEachCostsTheSame() {
        List<Digest> deleted = deleteImages(60);
        List<Digest> read = new ArrayList<>();
        Optional<Digest> last = Optional.empty();
        List<Integer> costs = new ArrayList<>();
        while (true) {
            var all = registry.trash().deleted(app.name());
            store.reset();
            List<DeletedManifest> page =
                    last.map(all::after).orElse(all).limit(10).toList();
            if (page.isEmpty()) {
                break;
            }
            costs.add(store.calls().size());
            assertThat(page).allSatisfy(manifest -> assertThat(manifest.tags()).hasSize(2));
            page.forEach(manifest -> read.add(manifest.manifest().digest()));
            last = Optional.of(read.get(read.size() - 1));
        }
        assertThat(read).isEqualTo(deleted);
        assertThat(costs).as("calls of each page").hasSize(6).containsOnly(costs.get(0));
    }

    /** A tag that is deleted by itself is in the trash without its manifest. */
    @Test
    void aPageBeginsAfterTheTagsOfTheOneBefore() {
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Manifest image = images.image(app, List.of(10), Tag.parse("v" + i), Tag.parse("w" + i));
            app.tags().delete(Tag.parse("v" + i));
            app.tags().delete(Tag.parse("w" + i));
            digests.add(image.digest());
        }
        digests.sort(null);
        for (int i = 0; i < digests.size(); i++) {
            assertThat(registry.trash()
                            .deleted(app.name())
                            .after(digests.get(i))
                            .toList())
                    .extracting(manifest -> manifest.manifest().digest())
                    .isEqualTo(digests.subList(i + 1, digests.size()));
        }
    }

    @Test
    void whatIsRestoredGoesThroughTheRegistryThatIsNamed() {
        List<Digest> deleted = deleteImages(2);
        Registry refusing = ReadOnly.of(registry);
        RestoreReport refused = registry.trash().through(refusing).restore(app.name(), java.time.Instant.EPOCH);
        assertThat(refused.manifests()).isZero();
        assertThat(refused.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains("read-only"));
        assertThat(app.manifests().find(deleted.get(0))).isEmpty();

        registry.trash().through(WithoutDeletion.of(registry)).restore(app.name(), deleted.get(0));
        assertThat(app.manifests().find(deleted.get(0))).isPresent();
        assertThat(registry.trash().window())
                .isEqualTo(StorageOptions.defaults().undelete());
    }
}
