package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A request that holds a manifest links it, and releases it after that, while a collection looks for the last time whether anything
 * needs what the manifest refers to. Whenever it does so, nothing of the image is removed.
 */
class HeldManifestTest {
    private static final String HOLD = "11111111-2222-3333-4444-555555555555";

    /** A store in which something happens right after a certain answer that there is no link. */
    private static final class AfterAnswer extends ForwardingObjectStore {
        private final String link;
        private final Runnable action;
        private int left;

        AfterAnswer(ObjectStore store, String link, int answer, Runnable action) {
            super(store);
            this.link = link;
            this.left = answer;
            this.action = action;
        }

        @Override
        public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
            Optional<ObjectStat> answer = super.stat(key);
            if (key.value().equals(link) && left-- == 0) {
                action.run();
            }
            return answer;
        }
    }

    /** Returns whether the collection has looked for the link so often. */
    private static boolean linkedAfter(int answer) {
        Garage.MovingClock clock = new Garage.MovingClock();
        ObjectStore store = MemoryObjectStore.builder().clock(clock).build();
        Garage garage = new Garage(clock, store, CollectionOptions.builder());
        Manifest image = garage.images.image(garage.app, List.of(500), Tag.parse("1"));
        String name = "sha256/" + image.digest().hex();
        String link = "docker/registry/v2/repositories/team/app/_manifests/revisions/" + name + "/link";
        String hold = "_berth/collection/holds/" + name + "/team.app/" + HOLD;
        List<String> before = garage.keysWith("docker/");
        garage.app.manifests().delete(image.digest());
        garage.pass(Garage.GRACE);
        garage.collector.collect(CollectionScope.CHANGED);
        // The beginning of a slow push: it holds the manifest, and rescues its data.
        garage.write(hold, Mark.Owner.create().process() + "\n" + garage.instant() + "\n");
        garage.delete("_berth/collection/marks/" + name);
        garage.pass(Garage.DUE);

        boolean[] linked = {false};
        AfterAnswer looking = new AfterAnswer(store, link, answer, () -> {
            garage.write(link, image.digest().toString());
            garage.delete(hold);
            linked[0] = true;
        });
        Collector.over(looking, garage.timed(CollectionOptions.builder()).build())
                .collect(CollectionScope.CHANGED);

        if (linked[0]) {
            assertThat(garage.keysWith("docker/"))
                    .as("linked after answer %s", answer)
                    .containsAll(before.stream()
                            .filter(key -> !key.contains("/tags/"))
                            .toList());
        }
        return linked[0];
    }

    @Test
    void nothingThatItNeedsIsRemoved() {
        int answer = 0;
        while (linkedAfter(answer)) {
            answer++;
        }
        assertThat(answer).isGreaterThan(2);
    }

    @Test
    void inAnotherRepositoryItsPartsGo() {
        Garage garage = new Garage();
        Manifest image = garage.images.image(garage.app, List.of(500), Tag.parse("1"));
        String name = "sha256/" + image.digest().hex();
        garage.app.manifests().delete(image.digest());
        garage.pass(Garage.GRACE);

        garage.write(
                "_berth/collection/holds/" + name + "/team.other/" + HOLD,
                Mark.Owner.create().process() + "\n" + garage.instant() + "\n");
        garage.collector.collect(CollectionScope.CHANGED);
        garage.pass(Garage.DUE);
        garage.collector.collect(CollectionScope.CHANGED);

        assertThat(garage.keysWith("docker/registry/v2/repositories/team/app/_layers/"))
                .isEmpty();
    }
}
