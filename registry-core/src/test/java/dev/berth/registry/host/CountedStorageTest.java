package dev.berth.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.quota.RepositoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What repositories use is counted without limits as it is with them, and no request takes part in it. */
class CountedStorageTest {
    private static final Duration SOON = Duration.ofSeconds(11);

    private final HostedWorld world = new HostedWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private static Map<String, Long> use(Quotas quotas) {
        return quotas.repositories()
                .filter(usage -> usage.bytes() > 0)
                .collect(Collectors.toMap(usage -> usage.repository().value(), RepositoryUsage::bytes));
    }

    @Test
    void whatIsPushedDeletedAndCollectedIsCounted() {
        try (HostedRegistry hosted = world.builder()
                .countStorage()
                .collection(CollectionSchedule.of(CollectionOptions.builder()
                        .clock(world.scheduler)
                        .pause(world.scheduler::pass)
                        .build()))
                .build()) {
            Quotas quotas = hosted.quotas().orElseThrow();
            Registry registry = hosted.registry("test");
            hosted.start();
            world.scheduler.advance(Duration.ZERO);
            assertThat(quotas.counted()).isTrue();
            Repository app = registry.repository("team/app");
            Manifest first = world.images.image(app, List.of(3000, 500), Tag.parse("1"));
            Manifest second = world.images.image(app, List.of(1000), Tag.parse("2"));
            registry.repository("team/web").manifests();
            world.images.image(registry.repository("team/web"), List.of(7000), Tag.parse("1"));
            world.scheduler.advance(SOON);

            assertThat(use(quotas)).containsOnlyKeys("team/app", "team/web");
            assertThat(use(quotas).get("team/web")).isGreaterThan(7000L);
            long both = use(quotas).get("team/app");
            assertThat(both).isGreaterThan(4500L);
            assertThat(quotas.total().orElseThrow().bytes())
                    .isEqualTo(both + use(quotas).get("team/web"));
            assertThat(quotas.usage()).as("nothing has a limit").isEmpty();

            // What is shared counts once in a repository.
            app.tags().put(Tag.parse("again"), first.digest(), dev.berth.registry.TagCondition.any());
            world.scheduler.advance(SOON);
            assertThat(use(quotas).get("team/app")).isEqualTo(both);

            app.manifests().delete(second.digest());
            world.scheduler.advance(SOON);
            assertThat(use(quotas).get("team/app")).isEqualTo(both - second.size());
            world.scheduler.advance(Duration.ofHours(3));
            assertThat(use(quotas).get("team/app")).isLessThan(both - 1000);
            Map<String, Long> counted = use(quotas);
            assertThat(quotas.recount(repository -> {}).corrected()).isZero();
            assertThat(use(quotas)).isEqualTo(counted);
        }
    }

    @Test
    void whatWasThereBeforeIsCountedAtTheStart() {
        try (HostedRegistry before = world.builder().build()) {
            world.images.image(before.registry("test").repository("team/app"), List.of(3000), Tag.parse("1"));
        }
        try (HostedRegistry hosted = world.builder().countStorage().build()) {
            hosted.start();
            world.scheduler.advance(SOON);
            assertThat(use(hosted.quotas().orElseThrow())).containsOnlyKeys("team/app");
        }
    }

    @Test
    void withALimitForSomeAllAreCounted() {
        try (HostedRegistry hosted = world.builder()
                .quotas(QuotaOptions.of(QuotaLimit.bytes(NamePattern.parse("team/**"), 1_000_000)))
                .countStorage()
                .build()) {
            hosted.start();
            Registry registry = hosted.registry("test");
            for (String name : List.of("team/app", "other/app")) {
                world.images.image(registry.repository(name), List.of(3000), Tag.parse("1"));
            }
            world.scheduler.advance(SOON);
            Quotas quotas = hosted.quotas().orElseThrow();
            assertThat(use(quotas)).containsOnlyKeys("team/app", "other/app");
            assertThat(quotas.usage()).singleElement().satisfies(usage -> {
                assertThat(usage.limit().repositories()).isEqualTo(NamePattern.parse("team/**"));
                assertThat(usage.bytes()).isEqualTo(use(quotas).get("team/app"));
            });
            assertThat(quotas.total().orElseThrow().repositories()).isEqualTo(2);
        }
    }

    @Test
    void aPushWritesNothingForIt() {
        assertThat(countsOfAPush(world.builder().countStorage().build(), "a/app"))
                .isZero();
        HostedRegistry limited = world.builder()
                .quotas(QuotaOptions.of(QuotaLimit.bytes(NamePattern.all(), 1_000_000)))
                .build();
        assertThat(countsOfAPush(limited, "b/app")).as("with a limit").isPositive();
    }

    private int countsOfAPush(HostedRegistry hosted, String name) {
        try (hosted) {
            hosted.start();
            world.scheduler.advance(SOON);
            int keys = quotaKeys();
            world.images.image(
                    hosted.registry("test").repository(RepositoryName.parse(name)), List.of(10), Tag.parse("1"));
            return quotaKeys() - keys;
        }
    }

    private int quotaKeys() {
        return (int) world.keys().stream()
                .filter(key -> key.startsWith("_berth/quota/"))
                .count();
    }
}
