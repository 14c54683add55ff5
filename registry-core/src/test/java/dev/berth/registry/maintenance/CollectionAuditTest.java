package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a collection has removed is told in one event for each pass, and what it has not is not. */
class CollectionAuditTest {
    private final List<AuditEvent> events = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final Garage.MovingClock clock = new Garage.MovingClock();
    private final Garage garage = new Garage(
            clock,
            MemoryObjectStore.builder().clock(clock).build(),
            CollectionOptions.builder()
                    .listener(CollectionListener.allOf(
                            List.of(CollectionListener.auditing(events::add), new CollectionListener() {
                                @Override
                                public void ended() {
                                    others.add("ended");
                                }
                            }))));

    @Test
    void aPassThatRemovesIsToldOnce() {
        garage.app.blobs().push(BlobSource.of(new byte[100]));
        garage.app.blobs().push(BlobSource.of(new byte[23]));
        garage.pass(Garage.DUE);
        garage.collector.collect(CollectionScope.CHANGED);
        assertThat(events).as("condemned only").isEmpty();
        garage.pass(Garage.DUE);

        garage.collector.plan(CollectionScope.CHANGED);
        assertThat(others).as("ends of passes, without the plan").hasSize(1);
        garage.collector.collect(CollectionScope.CHANGED);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.POLICY);
            assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
            assertThat(event.origin()).isEqualTo(AuditOrigin.ofProcess("berth collection"));
            assertThat(event.target()).isEqualTo("remove what no manifest needs");
            assertThat(event.reason()).isEqualTo("removed 2 blobs and manifests with 123 bytes, and 2 links to blobs");
        });
        assertThat(others).hasSize(2);
        garage.collector.collect(CollectionScope.CHANGED);
        assertThat(events).hasSize(1);
    }
}
