package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsReader;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server does in the background by its settings, and when it does not. */
class ServedRegistryTest {
    private static final Duration UPKEEP = Duration.ofMinutes(2);
    private static final Duration COLLECTION = Duration.ofMinutes(11);
    private static final Duration SCRUB = Duration.ofMinutes(9);
    private static final Duration RETENTION = Duration.ofHours(5);
    private static final Duration QUOTAS = Duration.ofSeconds(10);
    private static final Duration PULLS = Duration.ofSeconds(31);
    private static final Duration COMPACTION = Duration.ofMinutes(5);

    private static final String RULES = "rules: {interval: 5h, tags: [{name: prs, tags: 'pr-*', delete: always}]}\n";
    private static final String QUOTA = "quota: [{repositories: '**', bytes: 1MiB}]\n";
    private static final String STORAGE = "storage: {maintenance: {uploadpurging: {interval: 24h}}}\n";
    private static final String MAINTENANCE = """
            maintenance: {collection: {interval: 11m, enabled: %s}, scrub: {interval: 9m, enabled: %s}}
            pulls: {interval: 31s}
            """;

    @TempDir
    private Path directory;

    private final MemoryObjectStore store = MemoryObjectStore.create();

    @AfterEach
    void close() {
        store.close();
    }

    private Settings settings(String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), text);
        return SettingsReader.read(Optional.empty(), Optional.of("memory:"), Optional.of(file), environment);
    }

    /** Notes the intervals of what is repeated. */
    private static final class NotingScheduler extends ScheduledThreadPoolExecutor {
        final List<Duration> intervals = new CopyOnWriteArrayList<>();

        NotingScheduler() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long interval, TimeUnit unit) {
            intervals.add(Duration.of(interval, unit.toChronoUnit()));
            return super.scheduleWithFixedDelay(work, first, interval, unit);
        }
    }

    /** Returns the intervals of what a server repeats. */
    private List<Duration> repeated(String text, Map<String, String> environment) throws IOException {
        NotingScheduler scheduler = new NotingScheduler();
        try (HostedRegistry hosted = ServedRegistry.over(store, settings(text, environment))
                .scheduler(scheduler)
                .build()) {
            hosted.start();
            return List.copyOf(scheduler.intervals);
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void itDoesAllThatItsSettingsSay() throws IOException {
        assertThat(repeated(RULES + QUOTA + STORAGE + MAINTENANCE.formatted(true, true), Map.of()))
                .containsExactlyInAnyOrder(UPKEEP, COLLECTION, SCRUB, RETENTION, QUOTAS, PULLS, COMPACTION);
    }

    @Test
    void whatIsDisabledIsNotDone() throws IOException {
        assertThat(repeated(STORAGE + MAINTENANCE.formatted(false, false), Map.of("REGISTRY_PULLS_ENABLED", "false")))
                .containsExactly(UPKEEP);
    }

    @Test
    void inAReadOnlyStorageNothingIsDoneButToBuildAnIndexThatIsMissing() throws IOException {
        assertThat(repeated(
                        RULES + QUOTA + MAINTENANCE.formatted(true, true),
                        Map.of("REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED", "true")))
                .isSubsetOf(UPKEEP);
    }

    @Test
    void everythingThatHasBegunEnds() throws IOException {
        Settings settings = settings(
                RULES + QUOTA,
                Map.of(
                        "REGISTRY_MAINTENANCE_COLLECTION_INTERVAL", "1ms",
                        "REGISTRY_MAINTENANCE_SCRUB_INTERVAL", "1ms",
                        "REGISTRY_RULES_INTERVAL", "1ms",
                        "REGISTRY_PULLS_INTERVAL", "1ms"));
        HostedRegistry hosted = ServedRegistry.over(store, settings).build();
        hosted.start();

        assertThatCode(() -> {
                    hosted.end();
                    hosted.close();
                })
                .doesNotThrowAnyException();
    }

    /** With purging disabled, what registry:2 has left of uploads stays as well. */
    @ParameterizedTest
    @CsvSource({"ENABLED, false", "DRYRUN, true"})
    void uploadsStayIfPurgingIsDisabled(String variable, String value) throws IOException {
        Settings settings = settings(QUOTA, Map.of("REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_" + variable, value));

        assertThat(settings.uploads().expiry()).isGreaterThan(Duration.ofDays(3650));
    }
}
