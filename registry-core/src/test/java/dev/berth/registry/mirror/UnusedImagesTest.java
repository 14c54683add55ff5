package dev.berth.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A mirror that evicts what is unused keeps what is used. */
class UnusedImagesTest {
    private static Mirrored evictingAfter(Duration time, ObjectStore store) throws IOException {
        return new Mirrored(store, "", builder -> builder.evictUnused(time));
    }

    private static boolean isHere(Mirrored setup, Manifest image) {
        return setup.local
                .repository(Mirrored.APP)
                .manifests()
                .find(image.digest())
                .isPresent();
    }

    @Test
    void whatNobodyUsesGoesAfterTheTime() throws Exception {
        try (Mirrored setup = evictingAfter(Duration.ofHours(168), MemoryObjectStore.create())) {
            Manifest used = setup.image(1);
            Manifest unused = setup.image(2);
            Mirrored.pull(setup.here(), used);
            Mirrored.pull(setup.here(), unused);
            Mirrored.await(setup);

            setup.clock.advance(Duration.ofHours(167));
            Mirrored.pull(setup.here(), used);
            setup.mirror.maintain();
            assertThat(setup.noted.evicted).isEmpty();

            setup.clock.advance(Duration.ofHours(2));
            setup.mirror.maintain();

            assertThat(setup.noted.evicted).containsExactly(unused.digest());
            assertThat(isHere(setup, used)).isTrue();
            assertThat(isHere(setup, unused)).isFalse();
        }
    }

    @Test
    void aUseThatACrashHasLostDoesNotEndAnImage() throws Exception {
        ObjectStore store = MemoryObjectStore.create();
        try (Mirrored setup = evictingAfter(Duration.ofHours(1), store)) {
            Manifest image = setup.image(1);
            Mirrored.pull(setup.here(), image);
            Mirrored.await(setup);

            // The next process: nothing was written of the use.
            try (PullThrough next = setup.newMirror(builder -> builder.evictUnused(Duration.ofHours(1)))) {
                next.maintain();
                assertThat(isHere(setup, image)).isTrue();

                setup.clock.advance(Duration.ofMinutes(61));
                next.maintain();
                assertThat(isHere(setup, image)).isFalse();
            }
        }
    }
}
