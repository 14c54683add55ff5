package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is restored, or removed for good, is told once, in the name of whoever does it. */
class TrashAuditTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");
    private static final AuditOrigin OPERATOR = AuditOrigin.ofCaller("operator");

    private final List<AuditEvent> events = new ArrayList<>();
    private final StorageRegistry registry = StorageRegistry.over(
            MemoryObjectStore.create(),
            StorageOptions.builder().undelete(Duration.ofDays(7)).build());
    private final Trash trash = registry.trash().auditedBy(events::add, OPERATOR);
    private final Manifest image = new SampleImages(3).image(registry.repository(APP), List.of(100), ONE);

    @BeforeEach
    void delete() {
        registry.repository(APP).manifests().delete(image.digest());
    }

    private void told(String target, String reason) {
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.DELETION);
            assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
            assertThat(event.origin()).isEqualTo(OPERATOR);
            assertThat(event.repository()).isEqualTo("team/app");
            assertThat(event.target()).isEqualTo(target);
            assertThat(event.reason()).isEqualTo(reason);
        });
    }

    @Test
    void aRestoredTag() {
        trash.restore(APP, ONE);

        told("restore the tag 1 of team/app", "1 manifests and 1 tags are there again");
    }

    @Test
    void aRestoredManifest() {
        trash.restore(APP, image.digest());

        told("restore the manifest " + image.digest() + " of team/app", "1 manifests and 1 tags are there again");
    }

    @Test
    void aRestoredRepositoryOnlyOnce() {
        trash.restore(APP, Instant.EPOCH);
        trash.restore(APP, Instant.EPOCH);

        told(
                "restore what was deleted from team/app since 1970-01-01T00:00:00Z",
                "1 manifests and 1 tags are there again");
    }

    @Test
    void whatIsRemovedForGood() {
        trash.purge(APP);
        trash.purge(APP);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.target()).isEqualTo("remove what was deleted from team/app for good");
            assertThat(event.reason()).endsWith("manifests and tags cannot be restored any more");
        });
    }
}
