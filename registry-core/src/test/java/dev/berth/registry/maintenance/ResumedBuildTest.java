package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoreCopies;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where {@code registry:2} has written after the first build of the index was interrupted, nothing of that is removed. */
class ResumedBuildTest {
    @Test
    void itLooksAgainAtWhatItHasPassedOver() throws IOException {
        Garage former = new Garage();
        former.images.image(former.app, List.of(300), Tag.parse("1"));
        former.images.image(former.other, List.of(300), Tag.parse("1"));
        Garage later = new Garage();
        Manifest written = later.images.image(later.app, List.of(900, 901), Tag.parse("2"));
        ObjectStore store = StoreCopies.copy(former.store, "docker/");
        Garage garage = new Garage(former.clock, store, CollectionOptions.builder());
        int calls = 1;
        for (boolean begun = false; !begun; calls++) {
            try (Collector dying = Collector.over(
                    new DyingStore(store, calls),
                    garage.timed(CollectionOptions.builder()).build())) {
                dying.collect(CollectionScope.EVERYTHING);
            } catch (DyingStore.Died e) {
                begun = garage.keys().contains("_berth/index/format");
            }
        }
        for (String key : later.keysWith("docker/")) {
            try (ObjectContent content = later.store.open(ObjectKey.of(key)).orElseThrow()) {
                store.put(ObjectKey.of(key), content.stream().readAllBytes(), PutCondition.always());
            }
        }
        garage.collector.complete(CollectionScope.EVERYTHING);
        Garage.requireComplete(garage.app, written.descriptor());
        assertThat(garage.hasData(written.digest())).isTrue();
    }
}
