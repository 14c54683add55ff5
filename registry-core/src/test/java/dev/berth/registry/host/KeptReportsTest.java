package dev.berth.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.store.AuditQuery;
import dev.berth.registry.audit.store.AuditStore;
import dev.berth.registry.audit.store.AuditStoreOptions;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.maintenance.CollectionDryRun;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionRun;
import dev.berth.registry.maintenance.CollectionRuns;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the work in the background has done is kept, for people to look at. */
class KeptReportsTest {
    private final HostedWorld world = new HostedWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private CollectionOptions.Builder options() {
        return CollectionOptions.builder().clock(world.scheduler).pause(world.scheduler::pass);
    }

    @Test
    void theLastCollectionAndTheLastOneOfEverythingAreKept() {
        try (HostedRegistry hosted = world.builder()
                .collection(CollectionSchedule.of(options().build()))
                .build()) {
            CollectionRuns runs = hosted.maintenance().collections();
            assertThat(runs.last()).isEmpty();
            Digest lonely = HostedWorld.lonelyBlob(hosted.registry("test"));
            hosted.start();
            world.scheduler.advance(Duration.ofMinutes(11));
            CollectionRun first = runs.last().orElseThrow();
            assertThat(first.report().orElseThrow().scope()).isEqualTo(CollectionScope.EVERYTHING);
            assertThat(first.report().orElseThrow().details())
                    .anySatisfy(detail -> assertThat(detail.object()).contains(lonely.hex()));
            assertThat(first.begun()).isAfter(Instant.EPOCH).isBeforeOrEqualTo(first.ended());

            world.scheduler.advance(Duration.ofHours(2));
            assertThat(runs.last().orElseThrow().report().orElseThrow().scope()).isEqualTo(CollectionScope.CHANGED);
            assertThat(runs.lastOfEverything()).contains(first);
        }
    }

    /** The report comes back as it was, whatever kinds and texts it has. */
    @Test
    void aDryRunFindsWhatACollectionWouldRemoveAndChangesNothing() {
        try (HostedRegistry hosted = world.builder().build()) {
            HostedWorld.lonelyBlob(hosted.registry("test"));
            Manifest image = world.images.image(
                    hosted.registry("test").repository(HostedWorld.APP), List.of(10), Tag.parse("1"));
            List<String> before = world.keys();
            Deque<Runnable> begun = new ArrayDeque<>();
            CollectionDryRun here = CollectionDryRun.over(world.store, options().build());
            CollectionDryRun elsewhere =
                    CollectionDryRun.over(world.store, options().build());

            assertThat(here.begin(CollectionScope.EVERYTHING, begun::add)).isTrue();
            assertThat(here.begin(CollectionScope.EVERYTHING, begun::add))
                    .as("a second one")
                    .isFalse();
            assertThat(elsewhere.begin(CollectionScope.EVERYTHING, begun::add))
                    .as("one of another process")
                    .isFalse();
            assertThat(elsewhere.progress())
                    .hasValueSatisfying(progress -> assertThat(progress.scope()).isEqualTo(CollectionScope.EVERYTHING));
            assertThat(here.last()).isEmpty();
            begun.remove().run();

            assertThat(here.progress()).isEmpty();
            assertThat(elsewhere.progress()).isEmpty();
            CollectionRun run = elsewhere.last().orElseThrow();
            assertThat(run.report().orElseThrow().plan()).isTrue();
            assertThat(run.report().orElseThrow().count(Kind.CONDEMNED)).isEqualTo(1);
            assertThat(world.keys()).containsAll(before);
            assertThat(hosted.engine().repository(HostedWorld.APP).manifests().find(image.digest()))
                    .isPresent();
            assertThat(elsewhere.begin(CollectionScope.CHANGED, begun::add)).isTrue();
        }
    }

    @Test
    void aDryRunThatNobodyMakesLeavesNothingBehind() {
        CollectionDryRun dryRun = CollectionDryRun.over(world.store, options().build());
        assertThat(dryRun.begin(CollectionScope.CHANGED, task -> {
                    throw new RejectedExecutionException("the server ends");
                }))
                .isFalse();
        assertThat(dryRun.progress()).isEmpty();
        assertThat(dryRun.begin(CollectionScope.CHANGED, Runnable::run)).isTrue();
        assertThat(dryRun.last()).isPresent();
    }

    @Test
    void oneThatWasClosedSaysSo() {
        CollectionDryRun dryRun = CollectionDryRun.over(world.store, options().build());
        try (HostedRegistry hosted = world.builder().build()) {
            HostedWorld.lonelyBlob(hosted.registry("test"));
        }
        dryRun.close();
        assertThat(dryRun.begin(CollectionScope.EVERYTHING, Runnable::run)).isTrue();
        assertThat(dryRun.last().orElseThrow().failure()).isPresent();
        assertThat(dryRun.progress()).isEmpty();
    }

    @Test
    void aReportThatIsDamagedCountsAsMissing() throws IOException {
        CollectionRuns runs = CollectionRuns.of(world.store);
        runs.record(CollectionRun.failed(Instant.EPOCH, Instant.EPOCH, "a \"reason\"\n"));
        assertThat(runs.last().orElseThrow().failure()).contains("a \"reason\"\n");
        String key = world.keys().stream()
                .filter(name -> name.endsWith("/last"))
                .findFirst()
                .orElseThrow();
        for (String damaged : List.of("", "{", "[]", "{\"begun\":\"x\",\"ended\":\"y\"}")) {
            world.store.put(
                    dev.berth.registry.storage.ObjectKey.of(key),
                    damaged.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    PutCondition.always());
            assertThat(runs.last()).as(damaged).isEmpty();
        }
    }

    @Test
    void theAuditIsWrittenSecondsLaterAndAtTheEnd() {
        AuditStore audit = AuditStore.over(
                world.store, AuditStoreOptions.builder().clock(world.scheduler).build());
        try (HostedRegistry hosted = world.builder().auditStore(audit).build()) {
            hosted.start();
            Digest lonely = HostedWorld.lonelyBlob(hosted.registry("alice"));
            hosted.registry("alice").repository(HostedWorld.APP).blobs().delete(lonely);
            assertThat(world.audit).as("the other listener is told at once").hasSize(1);
            assertThat(audit.page(AuditQuery.newest(10)).events()).isEmpty();
            world.scheduler.advance(Duration.ofSeconds(2));
            assertThat(audit.page(AuditQuery.newest(10)).events())
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.caller()).isEqualTo("alice");
                        assertThat(event.type()).isEqualTo(AuditEvent.Type.DELETION);
                    });
            HostedWorld.lonelyBlob(hosted.registry("bob"));
            hosted.registry("bob").repository(HostedWorld.APP).blobs().delete(lonely);
        }
        assertThat(audit.page(AuditQuery.newest(10)).events()).hasSize(2);
    }

    @Test
    void aReadOnlyRegistryKeepsNothing() {
        AuditStore audit = AuditStore.over(world.store);
        try (HostedRegistry hosted =
                world.builder().readOnly().auditStore(audit).countStorage().build()) {
            hosted.start();
            assertThat(hosted.auditStore()).isEmpty();
            assertThat(hosted.quotas()).isEmpty();
            assertThat(hosted.maintenance().beginDryRun(CollectionScope.CHANGED))
                    .isFalse();
            world.scheduler.advance(Duration.ofMinutes(10));
            assertThat(world.keys())
                    .noneMatch(key -> key.startsWith("_berth/audit/")
                            || key.startsWith("_berth/quota/")
                            || key.startsWith("_berth/maintenance/"));
        }
    }
}
