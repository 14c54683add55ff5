package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever is told that a blob exists, while a store takes long to condemn it, has the whole grace period. */
class SlowCondemnationTest {
    private static final Duration SLOW = Duration.ofMinutes(5);

    private final Garage.MovingClock clock = new Garage.MovingClock();
    private final ObjectStore memory = MemoryObjectStore.builder().clock(clock).build();
    private final Garage garage = new Garage(clock, memory, CollectionOptions.builder());
    private final byte[] loose = {1, 2, 3};
    private final Digest digest = Digest.sha256(loose);

    /** A store in which the first mark is written late, and others ask for the data just before that. */
    private final class SlowStore extends ForwardingObjectStore {
        private boolean asked;

        SlowStore() {
            super(memory);
        }

        @Override
        public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
                throws IOException {
            if (!asked && key.value().startsWith("_berth/collection/marks/")) {
                asked = true;
                clock.pass(SLOW);
                assertThat(garage.app.blobs().find(digest)).isPresent();
            }
            return super.putForDeletion(key, content, condition);
        }
    }

    @Test
    void theGracePeriodBeginsAtItsEnd() {
        Collector slow = Collector.over(
                new SlowStore(), garage.timed(CollectionOptions.builder()).build());
        garage.app.blobs().push(digest, BlobSource.of(loose));
        slow.collect(CollectionScope.EVERYTHING);

        garage.pass(Garage.GRACE.minusSeconds(30));
        slow.collect(CollectionScope.CHANGED);
        assertThat(garage.hasData(digest)).isTrue();

        garage.pass(Duration.ofMinutes(1));
        slow.collect(CollectionScope.CHANGED);
        assertThat(garage.hasData(digest)).isFalse();
    }
}
