package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a deleted image costs a collection does not grow with the number of others that were deleted and shared its layers. */
class SharedLayerCostTest {
    private static final Platform PLATFORM = Platform.of("linux", "amd64");

    private static final class Counting extends ForwardingObjectStore {
        private final AtomicLong looks = new AtomicLong();

        Counting(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
            looks.incrementAndGet();
            return super.stat(key);
        }

        @Override
        public ListPage list(ListRequest request) throws IOException {
            looks.incrementAndGet();
            return super.list(request);
        }
    }

    /** Returns how often a collection looks to remove images of which the last one by its digest stays. */
    private static long looksToRemove(int images) {
        Garage.MovingClock clock = new Garage.MovingClock();
        Counting store = new Counting(MemoryObjectStore.builder().clock(clock).build());
        Garage garage = new Garage(clock, store, CollectionOptions.builder());
        byte[] shared = garage.images.layer(300);
        List<Digest> pushed = new ArrayList<>();
        for (int i = 0; i <= images; i++) {
            Manifest image = garage.images.image(
                    garage.app, PLATFORM, List.of(shared, garage.images.layer(100)), Tag.parse("v" + i));
            pushed.add(image.digest());
        }
        pushed.sort(Comparator.comparing(Digest::toString));
        pushed.subList(0, images).forEach(digest -> garage.app.manifests().delete(digest));
        garage.pass(Garage.GRACE);
        long before = store.looks.get();
        garage.collector.collect(CollectionScope.CHANGED);
        garage.pass(Garage.DUE);
        garage.collector.collect(CollectionScope.CHANGED);
        assertThat(garage.keysWith("docker/registry/v2/repositories/team/app/_manifests/revisions/"))
                .hasSizeLessThan(3);
        return store.looks.get() - before;
    }

    @Test
    void growsWithTheirNumber() {
        assertThat(looksToRemove(200)).isLessThan(5 * looksToRemove(50));
    }
}
