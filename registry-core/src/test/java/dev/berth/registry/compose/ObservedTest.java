package dev.berth.registry.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryEvent.BlobDeleted;
import dev.berth.registry.event.RegistryEvent.BlobMounted;
import dev.berth.registry.event.RegistryEvent.BlobPulled;
import dev.berth.registry.event.RegistryEvent.BlobPushed;
import dev.berth.registry.event.RegistryEvent.ManifestDeleted;
import dev.berth.registry.event.RegistryEvent.ManifestPulled;
import dev.berth.registry.event.RegistryEvent.ManifestPushed;
import dev.berth.registry.event.RegistryEvent.TagDeleted;
import dev.berth.registry.event.RegistryEvent.TagPut;
import dev.berth.registry.memory.MemoryObjectStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a listener hears of a registry. */
class ObservedTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final byte[] BLOB = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.sha256(BLOB);
    private static final Descriptor DESCRIPTOR = Descriptor.of(MediaTypes.OCTET_STREAM, DIGEST, BLOB.length);

    private final List<RegistryEvent> events = new ArrayList<>();
    private final Registry registry = Observed.of(
            StorageRegistry.over(MemoryObjectStore.create()),
            "alice",
            EventQueue.of(events::add, Runnable::run),
            InstantSource.fixed(NOW));
    private final Repository repository = registry.repository(NAME);

    private static Manifest manifest() {
        String json = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"" + MediaTypes.OCI_CONFIG + "\",\"digest\":\""
                + DIGEST + "\",\"size\":2},\"layers\":[]}";
        return Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }

    private void assertNext(RegistryEvent... expected) {
        assertThat(events).containsExactly(expected);
        events.clear();
    }

    @Test
    void isThatABlobMayBePulledWhereNobodyListens() {
        DirectUrl url = new DirectUrl(DESCRIPTOR, URI.create("https://store.example/data"));
        Registry offering = new ForwardingRegistry(registry) {
            @Override
            public Repository repository(RepositoryName name) {
                return new ForwardingRepository(super.repository(name)) {
                    @Override
                    public Blobs blobs() {
                        return new ForwardingBlobs(super.blobs()) {
                            @Override
                            public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
                                return digest.equals(DIGEST) ? Optional.of(url) : Optional.empty();
                            }
                        };
                    }
                };
            }
        };
        Blobs observed = Observed.of(
                        offering, "alice", EventQueue.of(events::add, Runnable::run), InstantSource.fixed(NOW))
                .repository(NAME)
                .blobs();

        assertThat(observed.directUrl(DIGEST, Duration.ofHours(1))).contains(url);
        assertNext(new BlobPulled(NOW, NAME, "alice", DESCRIPTOR));
        assertThat(observed.directUrl(Digest.sha256(new byte[1]), Duration.ofHours(1)))
                .isEmpty();
        assertNext();
    }

    @Test
    void isEverythingThatWasDone() {
        repository.blobs().push(DIGEST, BlobSource.of(BLOB));
        assertNext(new BlobPushed(NOW, NAME, "alice", DESCRIPTOR));

        Descriptor stored =
                repository.manifests().put(manifest(), Tag.parse("1.0")).descriptor();
        assertNext(new ManifestPushed(NOW, NAME, "alice", stored, List.of(Tag.parse("1.0"))));

        repository.manifests().get(Tag.parse("1.0"));
        assertNext(new ManifestPulled(NOW, NAME, "alice", stored));

        repository.tags().put(Tag.parse("2.0"), stored.digest());
        assertNext(new TagPut(NOW, NAME, "alice", Tag.parse("2.0"), stored.digest()));

        repository.tags().delete(Tag.parse("1.0"));
        assertNext(new TagDeleted(NOW, NAME, "alice", Tag.parse("1.0")));

        try (BlobContent content = repository.blobs().open(DIGEST)) {
            assertNext(new BlobPulled(NOW, NAME, "alice", content.descriptor()));
        }

        RepositoryName other = RepositoryName.parse("other");
        registry.repository(other).blobs().mount(DIGEST, MountSource.from(NAME));
        assertNext(new BlobMounted(NOW, other, "alice", DESCRIPTOR));

        repository.manifests().delete(stored.digest());
        assertNext(new ManifestDeleted(NOW, NAME, "alice", stored.digest(), List.of(Tag.parse("2.0"))));

        repository.blobs().delete(DIGEST);
        assertNext(new BlobDeleted(NOW, NAME, "alice", DIGEST));
    }

    @Test
    void isAnUploadWhenItIsFinished() {
        BlobUpload started = repository.blobs().startUpload();
        started.append(0, BlobSource.of(new byte[] {BLOB[0]}));
        started.close();
        assertNext();

        try (BlobUpload resumed = repository.blobs().resumeUpload(started.id())) {
            resumed.append(1, BlobSource.of(new byte[] {BLOB[1]}));
            resumed.commit(DIGEST);
        }
        assertNext(new BlobPushed(NOW, NAME, "alice", DESCRIPTOR));
    }

    @Test
    void isNothingThatWasOnlyLookedAtOrFailed() {
        repository.manifests().find(Tag.parse("1.0"));
        repository.tags().resolve(Tag.parse("1.0"));
        repository.blobs().find(DIGEST);
        repository.blobs().delete(DIGEST);
        repository.tags().delete(Tag.parse("1.0"));
        repository.manifests().delete(DIGEST);
        repository.blobs().mount(DIGEST, MountSource.any());
        assertThatThrownBy(() -> repository.blobs().open(DIGEST)).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> repository.manifests().get(Tag.parse("1.0"))).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> repository.manifests().put(manifest())).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> repository.blobs().push(DIGEST, BlobSource.of(new byte[5])))
                .isInstanceOf(RegistryException.class);
        try (BlobUpload upload = repository.blobs().startUpload()) {
            assertThatThrownBy(() -> upload.commit(DIGEST)).isInstanceOf(RegistryException.class);
        }
        assertNext();
    }
}
