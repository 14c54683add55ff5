package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsReader;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is mirrored and what is pushed to one server, whose upstream registry does not answer. */
class MirroredAndPushedTest {
    private static final String MIRROR =
            "mirrors: [{name: hub.example, upstream: 'http://127.0.0.1:1', default: true}]\n";
    private static final Tag TAG = Tag.parse("1.0");

    @TempDir
    private Path directory;

    private final MemoryObjectStore store = MemoryObjectStore.create();

    @AfterEach
    void close() {
        store.close();
    }

    /** Returns the registry that a server has, and what is replicated of it. */
    private Served served(String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), text);
        Settings settings =
                SettingsReader.read(Optional.empty(), Optional.of("memory:"), Optional.of(file), environment);
        return new Served(store, settings);
    }

    private static final class Served implements AutoCloseable {
        final ServedMirrors mirrors;
        final HostedRegistry hosted;
        private final AtomicReference<Registry> pushed = new AtomicReference<>();

        Served(ObjectStore store, Settings settings) throws IOException {
            this.mirrors = ServedMirrors.of(settings, ServedMetrics.of(settings), AuditListener.none());
            this.hosted = ServedRegistry.over(store, settings)
                    .mirrors(mirrors)
                    .replication(local -> {
                        pushed.set(local);
                        return Replication.builder(local, store).build();
                    })
                    .build();
        }

        Registry registry() {
            return hosted.registry("test");
        }

        Registry pushedHere() {
            return pushed.get();
        }

        @Override
        public void close() {
            hosted.close();
            mirrors.close();
        }
    }

    private static Manifest index(String text) {
        return Manifest.of(
                MediaTypes.OCI_INDEX,
                ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[],"
                                + "\"annotations\":{\"text\":\"" + text + "\"}}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a manifest past all layers. */
    private void put(String repository, Manifest manifest) {
        try (StorageRegistry engine =
                StorageRegistry.over(store, StorageOptions.builder().build())) {
            engine.repository(repository).manifests().put(manifest, TAG);
        }
    }

    @Test
    void whatReplicationSeesIsOnlyWhatIsPushedHere() throws IOException {
        put("hub.example/library/app", index("mirrored"));
        put("team/app", index("pushed"));
        try (Served hosted = served(MIRROR, Map.of())) {
            Registry replicated = hosted.pushedHere();

            assertThat(replicated.repositories()).containsExactly(RepositoryName.parse("team/app"));
            assertThat(hosted.registry().repositories()).hasSize(2);
            // For a name that is not here clients wait for the default mirror, and replication does not.
            assertThat(replicated.repository("team/none").tags().resolve(TAG)).isEmpty();
            assertThatThrownBy(() ->
                            hosted.registry().repository("team/none").tags().resolve(TAG))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
    }

    @Test
    void rulesHoldForWhatIsPushedAndForWhatReplicationBrings() throws IOException {
        put("team/app", index("first"));
        String rules = "rules: {tags: [{name: releases, tags: '1.*', immutable: always}]}\n";
        try (Served hosted = served(MIRROR + rules, Map.of())) {
            for (Registry registry : new Registry[] {hosted.registry(), hosted.pushedHere()}) {
                assertThatThrownBy(() ->
                                registry.repository("team/app").manifests().put(index("second"), TAG))
                        .isInstanceOfSatisfying(
                                RegistryException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
                // What is the same is no change.
                assertThat(registry.repository("team/app")
                                .manifests()
                                .put(index("first"), TAG)
                                .descriptor()
                                .digest())
                        .isEqualTo(index("first").digest());
            }
        }
    }

    @Test
    void aReadOnlyStorageHasNoMirrorsAndServesWhatIsThere() throws IOException {
        put("hub.example/library/app", index("mirrored"));
        try (Served hosted = served(MIRROR, Map.of("REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED", "true"))) {
            assertThat(hosted.mirrors.all()).isEmpty();
            assertThat(hosted.registry()
                            .repository("hub.example/library/app")
                            .tags()
                            .resolve(TAG))
                    .isPresent();
        }
    }

    @Test
    void whatIsMirroredTakesNoPushes() throws IOException {
        try (Served hosted = served(MIRROR, Map.of())) {
            assertThatThrownBy(() -> hosted.registry()
                            .repository("hub.example/library/app")
                            .manifests()
                            .put(index("pushed"), TAG))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
        }
    }
}
