package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.RestoreReport;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Collection keeps what can be restored, and removes it afterwards. */
class UndeleteAndCollectionTest {
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final Tag LATEST = Tag.parse("latest");

    private final Garage.MovingClock clock = new Garage.MovingClock();
    private final ObjectStore store = MemoryObjectStore.builder().clock(clock).build();
    private final Garage garage = new Garage(clock, store, CollectionOptions.builder());
    private final StorageRegistry registry = StorageRegistry.over(
            store, StorageOptions.builder().clock(clock).undelete(WINDOW).build());
    private final RepositoryName name = RepositoryName.parse("team/deleted");
    private final Repository repository = registry.repository(name);
    private final byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
    private final Manifest image = Manifest.of(
            MediaTypes.OCI_MANIFEST,
            ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":{\"mediaType\":\""
                            + MediaTypes.OCI_EMPTY + "\",\"digest\":\"" + Digest.sha256(config)
                            + "\",\"size\":2},\"layers\":[]}")
                    .getBytes(StandardCharsets.UTF_8));

    private void pushAndDelete() {
        repository.blobs().push(Digest.sha256(config), BlobSource.of(config));
        repository.manifests().put(image, LATEST);
        repository.manifests().delete(image.digest());
    }

    @Test
    void whatCanBeRestoredIsKept() {
        pushAndDelete();
        for (CollectionScope scope : CollectionScope.values()) {
            clock.pass(Duration.ofDays(2));
            registry.maintain();
            garage.collector.complete(scope);
        }
        assertThat(registry.trash().restore(name, LATEST)).isEqualTo(new RestoreReport(1, 1, List.of(), 0));
        garage.collector.complete(CollectionScope.EVERYTHING);
        assertThat(repository.manifests().get(LATEST)).isEqualTo(image);
        assertThat(repository.blobs().find(Digest.sha256(config))).isPresent();
    }

    /** As in a store that registry:2 wrote, or an older version. */
    @Test
    void whatIsDeletedBeforeTheIndexTellsWhatItNeedsIsKept() throws IOException {
        repository.blobs().push(Digest.sha256(config), BlobSource.of(config));
        repository.manifests().put(image, LATEST);
        store.deleteTree(KeyPrefix.of("_berth/"));
        StorageRegistry later = StorageRegistry.over(
                store, StorageOptions.builder().clock(clock).undelete(WINDOW).build());
        later.repository(name).manifests().delete(image.digest());
        clock.pass(Duration.ofDays(1));
        garage.collector.complete(CollectionScope.EVERYTHING);
        later.trash().restore(name, LATEST);
        assertThat(later.repository(name).manifests().get(LATEST)).isEqualTo(image);
        assertThat(repository.blobs().find(Digest.sha256(config))).isPresent();
    }

    @Test
    void whatIsInTheTrashIsKeptAfterTheIndexWasLost() throws IOException {
        pushAndDelete();
        store.deleteTree(KeyPrefix.of("_berth/index/"));
        clock.pass(Duration.ofDays(1));
        garage.collector.complete(CollectionScope.EVERYTHING);
        assertThat(registry.trash().restore(name, LATEST).complete()).isTrue();
        assertThat(repository.blobs().find(Digest.sha256(config))).isPresent();
    }

    @Test
    void whatHasExpiredGoes() {
        pushAndDelete();
        clock.pass(WINDOW.plusMinutes(10));
        registry.maintain();
        clock.pass(Duration.ofHours(1));
        garage.collector.complete(CollectionScope.CHANGED);
        assertThat(garage.keysWith("docker/")).isEmpty();
        assertThat(garage.keysWith("_berth/trash/")).isEmpty();
    }

    @Test
    void whatIsPurgedGoesAtOnce() {
        pushAndDelete();
        registry.trash().purge(name);
        clock.pass(Duration.ofHours(1));
        garage.collector.complete(CollectionScope.CHANGED);
        assertThat(garage.keysWith("docker/")).isEmpty();
    }
}
