package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.MountSource;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever needs what a collection has condemned rescues it, and is not refused. */
class RescueTest {
    private static final RepositoryName THIRD = RepositoryName.parse("team/third");

    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final ObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(
            store, StorageOptions.builder().clock(clock).undelete(Duration.ZERO).build());
    private final Repository app = registry.repository(world.app);
    private final Digest layer = Digest.sha256(world.layer);
    private final TestCollection collection = new TestCollection(store, clock, layer);

    @BeforeEach
    void pushBlobs() throws IOException {
        world.pushBlobs(registry, world.app);
        for (var keys = collection.contents.candidates().keys(); keys.hasNext(); ) {
            collection.contents.candidates().remove(keys.next());
        }
    }

    private void assertRescued(RepositoryName... noted) throws IOException {
        assertThat(collection.state()).isEmpty();
        assertThat(collection.beginDeleting()).isFalse();
        assertThat(collection.candidates()).contains(noted);
        assertThat(app.blobs().find(layer)).isPresent();
    }

    @Test
    void whoIsToldThatABlobExistsHasRescuedIt() throws IOException {
        collection.condemn();
        assertThat(app.blobs().find(layer)).isPresent();
        assertRescued(world.app);
        assertThat(collection.candidates()).as("looked at again later").containsExactly(world.app);
    }

    @Test
    void aBlobThatARepositoryDoesNotHaveIsNotRescuedByAskingForIt() throws IOException {
        collection.condemn();
        assertThat(registry.repository(world.other).blobs().find(layer)).isEmpty();
        assertThat(collection.state()).contains(Mark.State.CONDEMNED);
    }

    @Test
    void readingRescuesNothing() throws IOException {
        collection.condemn();
        app.blobs().open(layer).close();
        assertThat(collection.state()).contains(Mark.State.CONDEMNED);
    }

    @Test
    void aMountRescues() throws IOException {
        collection.condemn();
        Repository other = registry.repository(world.other);
        assertThat(other.blobs().mount(layer, MountSource.from(world.app))).isPresent();
        assertRescued(world.app, world.other);
        collection.condemn();
        assertThat(registry.repository(THIRD).blobs().mount(layer, MountSource.any()))
                .isPresent();
        assertRescued(THIRD);
    }

    @Test
    void aMountRescuesTheLinkThatItWrites() throws IOException {
        Repository other = registry.repository(world.other);
        other.blobs().mount(layer, MountSource.from(world.app));
        collection.condemn(world.other);
        assertThat(other.blobs().mount(layer, MountSource.from(world.app))).isPresent();
        assertRescued(world.other);
    }

    @Test
    void aPushRescues() throws IOException {
        collection.condemn();
        app.blobs().push(layer, BlobSource.of(world.layer));
        assertRescued(world.app);
    }

    @Test
    void anUploadRescues() throws IOException {
        collection.condemn();
        BlobUpload upload = app.blobs().startUpload();
        upload.append(0, BlobSource.of(world.layer));
        upload.commit(layer);
        assertRescued(world.app);
        collection.condemn();
        app.blobs().startUpload().commit(OptionalLong.empty(), BlobSource.of(world.layer), layer);
        assertRescued(world.app);
    }

    @Test
    void aManifestRescuesWhatItNeeds() throws IOException {
        collection.condemn();
        app.manifests().put(world.first, world.latest);
        assertRescued(world.app);
        assertThat(collection.isNeeded()).isTrue();
    }

    @Test
    void aManifestThatIsPushedAgainIsRescued() throws IOException {
        app.manifests().put(world.first, world.latest);
        app.manifests().delete(world.first.digest());
        TestCollection ofManifest = new TestCollection(store, clock, world.first.digest());
        assertThat(ofManifest.isNeeded()).isFalse();
        ofManifest.condemn();
        app.manifests().put(world.first, world.latest);
        assertThat(ofManifest.state()).isEmpty();
        assertThat(ofManifest.beginDeleting()).isFalse();
        assertThat(ofManifest.isNeeded()).isTrue();
    }

    @Test
    void linksOfOneRepositoryThatAreCondemnedDoNotConcernOthers() throws IOException {
        Repository other = registry.repository(world.other);
        other.blobs().mount(layer, MountSource.from(world.app));
        collection.condemn(world.other);
        assertThat(app.blobs().find(layer)).isPresent();
        app.manifests().put(world.first, world.latest);
        assertThat(collection.state()).contains(Mark.State.CONDEMNED);
        assertThat(other.blobs().find(layer)).isPresent();
        assertRescued(world.other);
    }

    /** Nothing has room any more, not even what a deletion needs: that is no reason to lose anything. */
    @Test
    void aRescueNeedsNoRoom() throws IOException {
        collection.condemn();
        ObjectStore full = new ForwardingObjectStore(store) {
            @Override
            public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition)
                    throws IOException {
                throw new StorageFullException("full");
            }

            @Override
            public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
                    throws IOException {
                throw new StorageFullException("full");
            }
        };
        assertThat(StorageRegistry.over(full).repository(world.app).blobs().find(layer))
                .isPresent();
        assertRescued();
    }
}
