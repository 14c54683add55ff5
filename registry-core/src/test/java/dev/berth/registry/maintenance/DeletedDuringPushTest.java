package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A push that is not told for hours that its link is written leaves nothing of what was deleted and collected meanwhile. */
class DeletedDuringPushTest {
    private final Garage garage = new Garage();

    /** A repository of a store that is slow when a referrer is linked: it is deleted and collected then. */
    private Repository slow() {
        ForwardingObjectStore store = new ForwardingObjectStore(garage.store) {
            private boolean collected;

            /** The push looks whether its entries are still there when it has linked the manifest. */
            @Override
            public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
                if (!collected && key.value().startsWith("_berth/index/referrers/")) {
                    collected = true;
                    collectReferrer(key);
                }
                return super.stat(key);
            }
        };
        return garage.over(store).repository(garage.app.name());
    }

    private void collectReferrer(ObjectKey entry) {
        String name = entry.value().substring(entry.value().lastIndexOf('/') + 1);
        Digest referrer = Digest.parse(name.substring(0, name.indexOf('.')).replace('-', ':'));
        assertThat(garage.app.manifests().delete(referrer).deleted()).isTrue();
        garage.pass(Garage.GRACE);
        garage.collector.collect(CollectionScope.CHANGED);
        garage.pass(Garage.DUE);
        garage.collector.collect(CollectionScope.CHANGED);
    }

    @Test
    void noEntryOfAReferrerIsLeft() {
        Manifest image = garage.images.image(garage.app, List.of(500));
        Manifest referrer = garage.images.referrer(slow(), image.descriptor(), "application/vnd.example.signature");

        assertThat(garage.app.manifests().find(referrer.digest())).isEmpty();
        assertThat(garage.keysWith("_berth/index/referrers/")).isEmpty();
    }
}
