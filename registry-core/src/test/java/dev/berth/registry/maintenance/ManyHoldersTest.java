package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What very many repositories have had is removed piece by piece, however slow the store is. */
class ManyHoldersTest {
    private static final int REPOSITORIES = 400;
    private static final byte[] LAYER = "a layer of many".getBytes(StandardCharsets.UTF_8);

    private final Digest layer = Digest.sha256(LAYER);
    private final Garage.MovingClock clock = new Garage.MovingClock();
    private final ObjectStore memory = MemoryObjectStore.builder().clock(clock).build();
    /** Asking for one link takes half a second. */
    private final ObjectStore slow = new ForwardingObjectStore(memory) {
        @Override
        public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
            if (key.value().contains("/_layers/")) {
                clock.pass(Duration.ofMillis(500));
            }
            return super.stat(key);
        }
    };

    private final Garage garage = new Garage(clock, memory, CollectionOptions.builder());

    private void fill() {
        for (int i = 0; i < REPOSITORIES; i++) {
            Repository repository = garage.registry.repository(RepositoryName.parse("r" + i));
            repository.blobs().push(layer, BlobSource.of(LAYER));
        }
    }

    @Test
    void allOfItGoes() {
        fill();
        try (Collector collector =
                Collector.over(slow, garage.timed(CollectionOptions.builder()).build())) {
            collector.complete(CollectionScope.EVERYTHING);
            garage.pass(Garage.GRACE);
            collector.complete(CollectionScope.EVERYTHING);
        }
        assertThat(garage.hasData(layer)).isFalse();
        assertThat(garage.keysWith("/link")).isEmpty();
        assertThat(garage.keysWith("_berth/collection/")).isEmpty();
        assertThat(garage.keysWith("_berth/index/holders/")).isEmpty();
    }

    /** Nobody waits for the end of it: who needs it rescues what is left. */
    @Test
    void aPushInBetweenIsNotRefused() {
        fill();
        Repository late = garage.registry.repository(RepositoryName.parse("late"));
        int[] pauses = new int[1];
        CollectionOptions options = garage.timed(CollectionOptions.builder())
                .pause(duration -> {
                    garage.pass(duration);
                    // The first pause of the sweep is before it, the others are within it.
                    if (garage.keysWith("/link").size() < REPOSITORIES && pauses[0]++ == 2) {
                        late.blobs().push(layer, BlobSource.of(LAYER));
                    }
                })
                .build();
        try (Collector collector = Collector.over(slow, options)) {
            garage.pass(Garage.GRACE);
            collector.collect(CollectionScope.EVERYTHING);
            garage.pass(Garage.GRACE.multipliedBy(2));
            collector.collect(CollectionScope.EVERYTHING);
        }
        assertThat(pauses[0]).isGreaterThan(2);
        assertThat(late.blobs().find(layer)).isPresent();
        assertThat(garage.hasData(layer)).isTrue();
    }
}
