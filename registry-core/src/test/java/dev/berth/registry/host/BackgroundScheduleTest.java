package dev.berth.registry.host;

import static dev.berth.registry.host.HostedWorld.APP;
import static dev.berth.registry.host.HostedWorld.lonelyBlob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.event.EventType;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.pulls.PullOptions;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.RetentionOptions;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done in the background, and when. The clock is moved, and nothing waits. */
class BackgroundScheduleTest {
    private static final Tag PULL_REQUEST = Tag.parse("pr-1");
    private static final TagRules PULL_REQUESTS_GO =
            TagRules.of(TagRule.delete("pull-requests").tags("pr-*").build());
    private static final QuotaOptions LIMIT = QuotaOptions.of(QuotaLimit.bytes(NamePattern.all(), 100_000));

    private final HostedWorld world = new HostedWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private CollectionSchedule collection(CollectionListener listener) {
        CollectionOptions options = CollectionOptions.builder()
                .clock(world.scheduler)
                .pause(world.scheduler::pass)
                .grace(Duration.ofHours(1))
                .listener(listener)
                .build();
        return new CollectionSchedule(Duration.ofMinutes(10), Duration.ofDays(7), 1, options);
    }

    private void pass(Duration time) {
        world.scheduler.advance(time);
    }

    @Test
    void nothingRunsBeforeTheStart() {
        try (HostedRegistry hosted = world.builder()
                .collection(collection(CollectionListener.NONE))
                .rules(PULL_REQUESTS_GO)
                .quotas(LIMIT)
                .scrub(ScrubSchedule.defaults())
                .countPulls(Duration.ofSeconds(30))
                .build()) {
            assertThat(world.scheduler.scheduled()).isZero();

            hosted.start();

            assertThat(world.scheduler.scheduled()).isEqualTo(7);
        }
        assertThat(world.scheduler.scheduled()).isZero();
        assertThat(world.scheduler.isShutdown()).as("of its owner").isFalse();
    }

    @Test
    void whatIsNotWantedIsNotScheduled() {
        try (HostedRegistry hosted = world.builder().build()) {
            hosted.start();

            assertThat(world.scheduler.scheduled()).as("the upkeep alone").isEqualTo(1);
        }
    }

    /** 24 hours are common where only abandoned uploads are looked for. */
    @ParameterizedTest
    @CsvSource({"PT24H, PT2M", "PT2M, PT2M", "PT1M, PT1M"})
    void theUpkeepRunsAtLeastEveryTwoMinutes(Duration wanted, Duration expected) {
        Metrics metrics = new Metrics();
        try (HostedRegistry hosted =
                world.builder().upkeep(wanted).metrics(metrics).build()) {
            hosted.start();

            pass(expected.multipliedBy(3));

            assertThat(metrics.toText())
                    .as("at the start, too")
                    .contains("registry_maintenance_runs_total{outcome=\"success\",task=\"upkeep\"} 4");
        }
    }

    @Test
    void collectionsRemoveWhatNobodyNeedsAndQuotasGetItBack() {
        List<String> steps = new ArrayList<>();
        CollectionListener own = new CollectionListener() {
            @Override
            public void removedData(Digest digest, long bytes) {
                steps.add("removed " + bytes);
            }
        };
        try (HostedRegistry hosted =
                world.builder().collection(collection(own)).quotas(LIMIT).build()) {
            hosted.start();
            pass(Duration.ZERO);
            Digest blob = lonelyBlob(hosted.registry("ci"));
            pass(Duration.ofMinutes(1));
            assertThat(hosted.quotas().orElseThrow().usage().get(0).bytes()).isEqualTo(6);

            pass(Duration.ofHours(3));

            assertThat(hosted.engine().repository(APP).blobs().find(blob)).isEmpty();
            assertThat(steps).containsExactly("removed 6");
            assertThat(hosted.quotas().orElseThrow().usage().get(0).bytes()).isZero();
            assertThat(world.audit).extracting(AuditEvent::caller).containsOnly("berth collection");
        }
    }

    @Test
    void theFirstCollectionLooksAtEverythingAndThoseAfterItAtWhatHasChanged() {
        List<String> steps = new ArrayList<>();
        CollectionListener noting = new CollectionListener() {
            @Override
            public void progress(String step, long done) {
                steps.add(step);
            }

            @Override
            public void ended() {
                steps.add("end");
            }
        };
        try (HostedRegistry hosted = world.builder()
                .collection(new CollectionSchedule(
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        1,
                        collection(noting).options()))
                .build()) {
            world.images.image(hosted.registry("ci").repository(APP), List.of(100), PULL_REQUEST);
            hosted.start();

            List<String> first = next(steps, Duration.ofMinutes(10));
            List<String> second = next(steps, Duration.ofMinutes(10));
            next(steps, Duration.ofMinutes(40));
            List<String> seventh = next(steps, Duration.ofMinutes(10));

            assertThat(first).isNotEqualTo(second);
            assertThat(seventh).isEqualTo(first);
        }
    }

    private List<String> next(List<String> steps, Duration time) {
        steps.clear();
        pass(time);
        return List.copyOf(steps);
    }

    @Test
    void rulesDeleteOnTheirScheduleAndTell() {
        RetentionSchedule daily = new RetentionSchedule(
                Duration.ofDays(1),
                RetentionOptions.builder().untaggedGrace(Duration.ZERO).build());
        try (HostedRegistry hosted =
                world.builder().rules(PULL_REQUESTS_GO).retention(daily).build()) {
            Repository app = hosted.registry("ci").repository(APP);
            world.images.image(app, List.of(100), PULL_REQUEST);
            hosted.start();
            world.events.clear();

            pass(Duration.ofMinutes(4));
            assertThat(app.tags().resolve(PULL_REQUEST)).isPresent();
            pass(Duration.ofMinutes(2));

            assertThat(app.tags().resolve(PULL_REQUEST)).isEmpty();
            assertThat(world.eventTypes()).contains(EventType.TAG_DELETED);
            assertThat(world.events)
                    .extracting(event -> event.context().actor())
                    .contains("berth retention");
            assertThat(world.audit)
                    .as("told once, with the rule")
                    .filteredOn(event -> event.type() == AuditEvent.Type.DELETION)
                    .extracting(AuditEvent::caller)
                    .containsOnly("berth retention");

            world.images.image(app, List.of(100), PULL_REQUEST);
            pass(Duration.ofDays(1));
            assertThat(app.tags().resolve(PULL_REQUEST)).isEmpty();
        }
    }

    private void damage(Digest blob) throws IOException {
        String hex = blob.hex();
        world.store.put(
                ObjectKey.of("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data"),
                "damage".getBytes(StandardCharsets.UTF_8),
                PutCondition.always());
    }

    @Test
    void aScrubFindsDamageOnItsScheduleAndTells() throws IOException {
        ScrubSchedule weekly = new ScrubSchedule(
                Duration.ofDays(7),
                ScrubOptions.builder()
                        .clock(world.scheduler)
                        .pause(duration -> {})
                        .build());
        try (HostedRegistry hosted = world.builder().scrub(weekly).build()) {
            Digest blob = lonelyBlob(hosted.registry("ci"));
            damage(blob);
            hosted.start();

            pass(Duration.ofMinutes(10));

            assertThat(world.eventTypes()).contains(EventType.BLOB_DAMAGED);
            assertThat(world.audit).extracting(AuditEvent::caller).contains("berth scrub");
            assertThat(hosted.engine().repository(APP).blobs().find(blob)).isEmpty();
        }
    }

    @Test
    void whatAScrubMovesAsideDoesNotCountForQuotas() throws IOException {
        ScrubSchedule weekly = new ScrubSchedule(
                Duration.ofDays(7),
                ScrubOptions.builder()
                        .clock(world.scheduler)
                        .pause(duration -> {})
                        .build());
        try (HostedRegistry hosted =
                world.builder().scrub(weekly).quotas(LIMIT).build()) {
            hosted.start();
            damage(lonelyBlob(hosted.registry("ci")));
            pass(Duration.ofMinutes(1));
            assertThat(hosted.quotas().orElseThrow().usage().get(0).bytes()).isEqualTo(6);

            pass(Duration.ofMinutes(11));

            assertThat(hosted.quotas().orElseThrow().usage().get(0).bytes()).isZero();
        }
    }

    @Test
    void pullsAreWrittenOnTheirScheduleAndAtTheEnd() {
        try (HostedRegistry hosted = world.builder()
                .countPulls(Duration.ofSeconds(30))
                .pulls(PullOptions.builder().clock(world.scheduler).build())
                .build()) {
            Repository app = hosted.registry("ci").repository(APP);
            Digest image = world.images.image(app, List.of(100), PULL_REQUEST).digest();
            hosted.start();
            app.manifests().get(PULL_REQUEST);
            assertThat(written(image)).isZero();

            pass(Duration.ofSeconds(30));
            assertThat(written(image)).isEqualTo(1);

            app.manifests().get(PULL_REQUEST);
        }
        assertThat(written(image())).isEqualTo(2);
    }

    private Digest image() {
        try (HostedRegistry hosted = HostedRegistry.builder(world.store).build()) {
            return hosted.engine()
                    .repository(APP)
                    .tags()
                    .resolve(PULL_REQUEST)
                    .orElseThrow()
                    .digest();
        }
    }

    /** Returns what another process would know. */
    private long written(Digest image) {
        return PullStatistics.over(world.store)
                .of(APP, image)
                .map(pulls -> pulls.count())
                .orElse(0L);
    }

    @Test
    void everyRunIsCountedWhereThereAreMetrics() {
        Metrics metrics = new Metrics();
        try (HostedRegistry hosted = world.builder()
                .metrics(metrics)
                .quotas(LIMIT)
                .collection(collection(CollectionListener.NONE))
                .build()) {
            world.images.image(hosted.registry("ci").repository(APP), List.of(100), PULL_REQUEST);
            hosted.start();

            pass(Duration.ofMinutes(11));

            assertThat(metrics.toText())
                    .contains("registry_maintenance_runs_total{outcome=\"success\",task=\"collection\"} 1")
                    .contains("registry_maintenance_runs_total{outcome=\"success\",task=\"quotas\"}")
                    .contains("registry_quota_used_bytes{pattern=\"**\"}");
        }
    }

    @Test
    void workOfOthersIsRepeated() {
        List<String> runs = new ArrayList<>();
        try (HostedRegistry hosted = world.builder()
                .repeat("mirror", Duration.ofSeconds(30), () -> runs.add("mirror"))
                .build()) {
            hosted.start();

            pass(Duration.ofSeconds(95));
            assertThat(runs).hasSize(3);
        }
        pass(Duration.ofMinutes(10));
        assertThat(runs).hasSize(3);
    }
}
