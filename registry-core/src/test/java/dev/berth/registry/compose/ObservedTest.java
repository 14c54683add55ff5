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
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.memory.MemoryObjectStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The events that an {@link Observed} registry publishes. */
class ObservedTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final byte[] BLOB = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.sha256(BLOB);
    private static final Descriptor DESCRIPTOR = Descriptor.of(MediaTypes.OCTET_STREAM, DIGEST, BLOB.length);

    private static final EventContext ALICE = EventContext.builder()
            .actor("alice")
            .requestId("42")
            .address("192.0.2.1:50123")
            .instance("registry-1")
            .build();

    private final List<RegistryEvent> events = new ArrayList<>();
    private final Registry registry = observed(StorageRegistry.over(MemoryObjectStore.create()), events::addAll);
    private final Repository repository = registry.repository(NAME);

    private static Registry observed(Registry registry, EventSink sink) {
        return Observed.of(registry, ALICE, sink, EventFactory.of(InstantSource.fixed(NOW)));
    }

    private static Manifest manifest() {
        String json = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"" + MediaTypes.OCI_CONFIG + "\",\"digest\":\""
                + DIGEST + "\",\"size\":2},\"layers\":[]}";
        return Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }

    private static RegistryEvent.Builder event(EventType type) {
        return event(type, NAME);
    }

    private static RegistryEvent.Builder event(EventType type, RepositoryName repository) {
        return RegistryEvent.builder(type, repository).when(NOW).context(ALICE);
    }

    private void assertNext(RegistryEvent.Builder expected) {
        assertThat(events).hasSize(1);
        RegistryEvent published = events.remove(0);
        assertThat(published).isEqualTo(expected.id(published.id()).build());
    }

    private void assertNoEvent() {
        assertThat(events).isEmpty();
    }

    @Test
    void anIssuedUrlCountsAsAPull() {
        DirectUrl url = new DirectUrl(DESCRIPTOR, URI.create("https://store.example/data"));
        Registry offering = new ForwardingRegistry(StorageRegistry.over(MemoryObjectStore.create())) {
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
        Blobs observed = observed(offering, events::addAll).repository(NAME).blobs();

        assertThat(observed.directUrl(DIGEST, Duration.ofHours(1))).contains(url);
        assertNext(event(EventType.BLOB_PULLED).descriptor(DESCRIPTOR));
        assertThat(observed.directUrl(Digest.sha256(new byte[1]), Duration.ofHours(1)))
                .isEmpty();
        assertNoEvent();
    }

    @Test
    void eachChangeAndEachAccessPublishesOneEvent() {
        repository.blobs().push(DIGEST, BlobSource.of(BLOB));
        assertNext(event(EventType.BLOB_PUSHED).descriptor(DESCRIPTOR));

        Descriptor stored =
                repository.manifests().put(manifest(), Tag.parse("1.0")).descriptor();
        assertNext(event(EventType.MANIFEST_PUSHED).descriptor(stored).tags(Tag.parse("1.0")));

        repository.manifests().get(Tag.parse("1.0"));
        assertNext(event(EventType.MANIFEST_PULLED).descriptor(stored).tags(Tag.parse("1.0")));

        repository.manifests().get(stored.digest());
        assertNext(event(EventType.MANIFEST_PULLED).descriptor(stored));

        repository.tags().put(Tag.parse("2.0"), stored.digest());
        assertNext(event(EventType.TAG_SET).descriptor(stored).tags(Tag.parse("2.0")));

        repository.tags().delete(Tag.parse("1.0"));
        assertNext(event(EventType.TAG_DELETED).tags(Tag.parse("1.0")));

        try (BlobContent content = repository.blobs().open(DIGEST)) {
            assertNext(event(EventType.BLOB_PULLED).descriptor(content.descriptor()));
        }

        RepositoryName other = RepositoryName.parse("other");
        registry.repository(other).blobs().mount(DIGEST, MountSource.from(NAME));
        assertNext(event(EventType.BLOB_MOUNTED, other).descriptor(DESCRIPTOR).mountedFrom(NAME));

        repository.manifests().delete(stored.digest());
        assertNext(event(EventType.MANIFEST_DELETED).digest(stored.digest()).tags(Tag.parse("2.0")));

        repository.blobs().delete(DIGEST);
        assertNext(event(EventType.BLOB_DELETED).digest(DIGEST));
    }

    @Test
    void anUploadPublishesItsEventWhenItIsCommitted() {
        BlobUpload started = repository.blobs().startUpload();
        started.append(0, BlobSource.of(new byte[] {BLOB[0]}));
        started.close();
        assertNoEvent();

        try (BlobUpload resumed = repository.blobs().resumeUpload(started.id())) {
            resumed.append(1, BlobSource.of(new byte[] {BLOB[1]}));
            resumed.commit(DIGEST);
        }
        assertNext(event(EventType.BLOB_PUSHED).descriptor(DESCRIPTOR));
    }

    /** As the server does for a PUT with a body, which most clients end an upload with. */
    @Test
    void anUploadThatIsCommittedWithItsLastBytesPublishesOneEvent() {
        try (BlobUpload upload = repository.blobs().startUpload()) {
            upload.commit(OptionalLong.empty(), BlobSource.of(BLOB), DIGEST);
        }
        assertNext(event(EventType.BLOB_PUSHED).descriptor(DESCRIPTOR));
    }

    @Test
    void lookUpsAndFailuresPublishNothing() {
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
        assertNoEvent();
    }

    @Test
    void idsAscendAlsoWithinOneInstant() {
        for (int i = 0; i < 100; i++) {
            byte[] content = {(byte) i};
            repository.blobs().push(Digest.sha256(content), BlobSource.of(content));
        }

        assertThat(events).hasSize(100).extracting(RegistryEvent::id).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aCallWhoseEventTheSinkDoesNotTakeFailsAfterTheChange() {
        Registry hosted = StorageRegistry.over(MemoryObjectStore.create());
        RegistryException failure = RegistryException.of(ErrorCode.UNAVAILABLE, "The sink is full");
        Blobs blobs = observed(hosted, published -> {
                    throw failure;
                })
                .repository(NAME)
                .blobs();

        assertThatThrownBy(() -> blobs.push(DIGEST, BlobSource.of(BLOB))).isSameAs(failure);
        assertThat(hosted.repository(NAME).blobs().find(DIGEST)).isPresent();
        assertThatThrownBy(() -> blobs.open(DIGEST)).isSameAs(failure);
    }

    @Test
    void aPushWhoseSecondTagFailsPublishesTheManifestAndTheFirst() {
        repository.blobs().push(DIGEST, BlobSource.of(BLOB));
        Descriptor stored =
                repository.manifests().put(manifest(), Tag.parse("2.0")).descriptor();
        events.clear();
        PutOptions onlyNewTags = PutOptions.tagged(Tag.parse("1.0"), Tag.parse("2.0"), Tag.parse("3.0"))
                .onlyIf(TagCondition.absent());

        assertThatThrownBy(() -> repository.manifests().put(manifest(), onlyNewTags))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("2.0");

        assertNext(event(EventType.MANIFEST_PUSHED).descriptor(stored).tags(Tag.parse("1.0")));
    }

    @Test
    void aPushThatFailsKeepsItsFailureWhenTheSinkFailsAsWell() {
        RegistryException sinkFailure = RegistryException.of(ErrorCode.UNAVAILABLE, "The sink is full");
        repository.blobs().push(DIGEST, BlobSource.of(BLOB));
        repository.manifests().put(manifest(), Tag.parse("1.0"));
        Registry failing = observed(registry, published -> {
            throw sinkFailure;
        });
        PutOptions onlyNewTag = PutOptions.tagged(Tag.parse("1.0")).onlyIf(TagCondition.absent());

        assertThatThrownBy(() -> failing.repository(NAME).manifests().put(manifest(), onlyNewTag))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("PRECONDITION_FAILED")
                .hasSuppressedException(sinkFailure);
    }
}
