package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A collection that has looked at what is being deleted, before it was, comes back to it. */
class SlowDeletionTest {
    private final Garage garage = new Garage();

    /** A repository in whose store a link is deleted late: a collection comes before that. */
    private Repository slow() {
        ForwardingObjectStore store = new ForwardingObjectStore(garage.store) {
            private void collectBefore(ObjectKey key) {
                if (key.value().contains("/revisions/") && key.value().endsWith("/link")) {
                    garage.pass(Garage.GRACE);
                    garage.collector.collect(CollectionScope.CHANGED);
                }
            }

            @Override
            public void delete(ObjectKey key) throws IOException {
                collectBefore(key);
                super.delete(key);
            }

            @Override
            public void apply(ObjectBatch batch) throws IOException {
                batch.changes().stream()
                        .filter(ObjectBatch.Delete.class::isInstance)
                        .forEach(change -> collectBefore(change.key()));
                super.apply(batch);
            }
        };
        return StorageRegistry.over(
                        store,
                        StorageOptions.builder()
                                .clock(garage.clock)
                                .undelete(Duration.ZERO)
                                .build())
                .repository(garage.app.name());
    }

    @Test
    void nothingIsLeftOfAManifest() {
        Manifest image = garage.images.image(garage.app, List.of(500), Tag.parse("1"));
        slow().manifests().delete(image.digest());
        garage.collector.complete(CollectionScope.CHANGED);

        assertThat(garage.keysWith("docker/")).isEmpty();
        assertThat(garage.keysWith("_berth/collection/")).isEmpty();
    }
}
