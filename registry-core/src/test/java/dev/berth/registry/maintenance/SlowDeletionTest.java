package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
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
        return slow(garage.collector, Garage.GRACE);
    }

    private Repository slow(Collector collector, Duration before) {
        ForwardingObjectStore store = new ForwardingObjectStore(garage.store) {
            private void collectBefore(ObjectKey key) {
                if (key.value().contains("/revisions/") && key.value().endsWith("/link")) {
                    garage.pass(before);
                    collector.collect(CollectionScope.CHANGED);
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
        return garage.over(store).repository(garage.app.name());
    }

    @Test
    void nothingIsLeftOfAManifest() {
        Manifest image = garage.images.image(garage.app, List.of(500), Tag.parse("1"));
        slow().manifests().delete(image.digest());
        garage.collector.complete(CollectionScope.CHANGED);

        assertThat(garage.keysWith("docker/")).isEmpty();
        assertThat(garage.keysWith("_berth/collection/")).isEmpty();
    }

    /** The time of a candidate is to the second: it may be written at the end of it. */
    @Test
    void nothingIsLeftWithTheShortestGracePeriod() {
        Manifest image = garage.images.image(garage.app, List.of(500), Tag.parse("1"));
        Collector hasty = Collector.over(
                garage.store,
                garage.timed(CollectionOptions.builder())
                        .grace(Duration.ofSeconds(1))
                        .build());
        garage.pass(Duration.ofMillis(900));

        slow(hasty, Duration.ofMillis(150)).manifests().delete(image.digest());
        garage.pass(Garage.GRACE);
        hasty.complete(CollectionScope.CHANGED);

        assertThat(garage.keysWith("docker/")).isEmpty();
    }
}
