package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsReader;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does in the background, and when it does not. */
class HostedRegistryTest {
    private static final String RULES = "rules: {tags: [{name: prs, tags: 'pr-*', delete: always}]}\n";
    private static final String QUOTA = "quota: [{repositories: '**', bytes: 1MiB}]\n";
    private static final Map<String, String> READ_ONLY =
            Map.of("REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED", "true");

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

    @Test
    void itScrubsAndDeletesByRules() throws IOException {
        Settings settings = settings(RULES, Map.of());

        assertThat(ScheduledRetention.isWanted(settings)).isTrue();
        assertThat(ScheduledScrub.isWanted(settings)).isTrue();
    }

    @Test
    void inAReadOnlyStorageItDoesNeither() throws IOException {
        Settings settings = settings(RULES, READ_ONLY);

        assertThat(ScheduledRetention.isWanted(settings)).isFalse();
        assertThat(ScheduledScrub.isWanted(settings)).isFalse();
    }

    @Test
    void bothCanBeTurnedOff() throws IOException {
        Settings settings = settings("maintenance: {scrub: {enabled: false}}\n", Map.of());

        assertThat(ScheduledRetention.isWanted(settings)).isFalse();
        assertThat(ScheduledScrub.isWanted(settings)).isFalse();
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
        HostedRegistry hosted = HostedRegistry.of(
                store, settings, ServedEvents.none(), AuditListener.none(), ServedMetrics.of(settings));
        hosted.start();

        assertThatCode(() -> {
                    hosted.end();
                    hosted.close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void whatAScrubMovesAsideDoesNotCountForQuotas() throws IOException {
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(content);
        Settings settings = settings(QUOTA, Map.of());
        try (StorageRegistry engine = StorageRegistry.over(store)) {
            try (ScheduledQuotas quotas = ScheduledQuotas.of(
                    store, engine, settings, ServedMetrics.of(settings).maintenance())) {
                quotas.registry()
                        .repository(RepositoryName.parse("team/app"))
                        .blobs()
                        .push(digest, BlobSource.of(content));
                store.put(
                        ObjectKey.of("docker/registry/v2/blobs/sha256/"
                                + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data"),
                        "damaged".getBytes(StandardCharsets.UTF_8),
                        PutCondition.always());
                try (Scrub scrub = Scrub.over(
                        store,
                        ScrubOptions.builder().listener(quotas.scrubListener()).build())) {
                    assertThat(scrub.check(digest)).isPresent();
                }
            }
            try (Quotas counted = Quotas.over(
                    store,
                    engine,
                    QuotaOptions.builder().limits(settings.quotas()).build())) {
                assertThat(counted.usage().get(0).bytes()).isZero();
            }
        }
    }
}
