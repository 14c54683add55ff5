package dev.berth.registry.scan.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.inventory.InventoryReader;
import dev.berth.registry.scan.inventory.LayerInventory;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredInventoriesTest {
    private final SettableClock clock = new SettableClock();
    private final NodeStore store =
            new NodeStore(MemoryObjectStore.builder().clock(clock).build());
    private final Repository repository =
            StorageRegistry.over(MemoryObjectStore.create()).repository("team/app");

    private LayerInventory inventory(int n) {
        byte[] status = ("Package: p" + n + "\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] layer = SampleImages.tar(Map.of("var/lib/dpkg/status", status, "file" + n, new byte[n + 1]));
        Digest digest = Digest.sha256(layer);
        repository.blobs().push(digest, BlobSource.of(layer));
        return InventoryReader.of(repository).readLayer(digest);
    }

    @Test
    void whatIsKeptIsFoundAgainByAnotherProcess() {
        LayerInventory inventory = inventory(1);
        assertThat(inventory.packages()).hasSize(1);
        StoredInventories.in(store, 1_000_000).keep(inventory);
        assertThat(StoredInventories.in(store, 1_000_000).find(inventory.layer()))
                .contains(inventory);
        assertThat(StoredInventories.in(store, 1_000_000).find(Digest.sha256(new byte[3])))
                .isEmpty();
    }

    @Test
    void whatIsDamagedOrOfAnotherLayerCountsAsNone() throws Exception {
        StoredInventories kept = StoredInventories.in(store, 1_000_000);
        LayerInventory one = inventory(1);
        LayerInventory two = inventory(2);
        kept.keep(one);
        ObjectKey key =
                ObjectKey.of("_berth/scan/inventories/sha256/" + one.layer().hex());
        byte[] content;
        try (var object = store.open(key).orElseThrow()) {
            content = object.stream().readAllBytes();
        }
        store.put(ObjectKey.of("_berth/scan/inventories/sha256/" + two.layer().hex()), content, PutCondition.always());
        assertThat(kept.find(two.layer())).isEmpty();
        content[content.length / 2] ^= 0x55;
        store.put(key, content, PutCondition.always());
        assertThat(kept.find(one.layer())).isEmpty();
        store.put(key, new byte[0], PutCondition.always());
        assertThat(kept.find(one.layer())).isEmpty();
        kept.keep(one);
        assertThat(kept.find(one.layer())).contains(one);
    }

    @Test
    void itKeepsToItsRoomAndDropsTheOldestFirst() {
        List<LayerInventory> all = new ArrayList<>();
        StoredInventories roomy = StoredInventories.in(store, 1_000_000);
        for (int i = 0; i < 10; i++) {
            LayerInventory inventory = inventory(i);
            all.add(inventory);
            roomy.keep(inventory);
            clock.advance(Duration.ofMinutes(1));
        }
        StoredInventories tight = StoredInventories.in(store, 2_000);
        tight.sweep();
        assertThat(tight.find(all.get(0).layer())).isEmpty();
        assertThat(tight.find(all.get(9).layer())).isPresent();
        for (LayerInventory inventory : all) {
            tight.keep(inventory);
        }
        assertThat(all.stream()
                        .filter(one -> tight.find(one.layer()).isPresent())
                        .count())
                .as("no more than there is room for")
                .isLessThan(10);
    }

    @Test
    void aStoreThatFailsCostsTimeOnly() {
        LayerInventory inventory = inventory(1);
        StoredInventories kept = StoredInventories.in(store, 1_000_000);
        store.fail(true);
        kept.keep(inventory);
        assertThat(kept.find(inventory.layer())).isEmpty();
        store.fail(false);
        kept.keep(inventory);
        assertThat(kept.find(inventory.layer())).isPresent();
    }
}
