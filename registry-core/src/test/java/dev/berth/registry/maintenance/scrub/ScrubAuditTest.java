package dev.berth.registry.maintenance.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scrub has moved aside is told in one event for each run. */
class ScrubAuditTest {
    private final ScrubWorld world = new ScrubWorld();
    private final List<AuditEvent> events = new ArrayList<>();
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final List<String> others = new ArrayList<>();

    private Scrub scrub() {
        return Scrub.over(
                store,
                ScrubOptions.builder()
                        .listener(ScrubListener.allOf(List.of(ScrubListener.auditing(events::add), new ScrubListener() {
                            @Override
                            public void onEnd() {
                                others.add("end");
                            }
                        })))
                        .build());
    }

    @Test
    void aRunThatMovesDataIsToldOnce() throws IOException {
        world.push(StorageRegistry.over(store));
        ScrubWorld.damage(store, Digest.sha256(world.layer), 7);
        ScrubWorld.damage(store, Digest.sha256(world.config), 3);

        scrub().run();

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.POLICY);
            assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
            assertThat(event.origin()).isEqualTo(AuditOrigin.ofProcess("berth scrub"));
            assertThat(event.target()).isEqualTo("move damaged data to the quarantine");
            assertThat(event.reason())
                    .startsWith("moved 2, the first of them: sha256:")
                    .contains("team/app");
        });
        assertThat(others).hasSize(1);
    }

    @Test
    void aRunThatFindsNothingTellsNothing() {
        world.push(StorageRegistry.over(store));

        scrub().run();

        assertThat(events).isEmpty();
        assertThat(others).hasSize(1);
    }

    @Test
    void theCheckOfOneDigestIsToldAsWell() throws IOException {
        world.push(StorageRegistry.over(store));
        Digest layer = Digest.sha256(world.layer);
        ScrubWorld.damage(store, layer, 7);

        scrub().check(layer);

        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).startsWith("moved 1: " + layer));
    }
}
