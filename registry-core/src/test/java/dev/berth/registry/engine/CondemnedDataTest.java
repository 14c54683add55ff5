package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.store.Condemned;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data that a collection is about to delete counts as absent, and pushing it again rescues it. */
class CondemnedDataTest {
    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final ObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry =
            StorageRegistry.over(store, StorageOptions.builder().clock(clock).build());
    private final Repository app = registry.repository(world.app);
    private final Digest layer = Digest.sha256(world.layer);

    @BeforeEach
    void pushBlobs() {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.signature);
    }

    private void mark(ObjectKey key) throws IOException {
        store.put(key, new byte[0], PutCondition.always());
    }

    /** As a collection does it: it says that it runs, waits until everyone knows, and then condemns. */
    private void condemn(Digest data) throws IOException {
        mark(Keys.COLLECTION_RUNNING);
        clock.advance(Condemned.ANNOUNCEMENT_AGE);
        mark(Keys.condemned(data));
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private void assertRescued() throws IOException {
        assertThat(store.stat(Keys.condemned(layer))).isEmpty();
        assertThat(app.blobs().find(layer)).isPresent();
        app.manifests().put(world.first, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.first);
    }

    @Test
    void condemnedDataIsAbsentForFindMountAndManifests() throws IOException {
        condemn(layer);
        assertThat(app.blobs().find(layer)).isEmpty();
        Repository other = registry.repository(world.other);
        assertThat(other.blobs().mount(layer, MountSource.from(world.app))).isEmpty();
        assertThat(other.blobs().mount(layer, MountSource.any())).isEmpty();
        assertFails(ErrorCode.MANIFEST_BLOB_UNKNOWN, () -> app.manifests().put(world.first, world.latest));
        assertThat(app.manifests().find(world.first.digest())).isEmpty();
        // What else there is has nothing to do with it.
        assertThat(app.blobs().find(Digest.sha256(world.layer2))).isPresent();
        assertThat(app.manifests().get(world.signature.digest())).isEqualTo(world.signature);
    }

    @Test
    void aPushRescuesCondemnedData() throws IOException {
        condemn(layer);
        app.blobs().push(layer, BlobSource.of(world.layer));
        assertRescued();
    }

    @Test
    void anUploadRescuesCondemnedData() throws IOException {
        condemn(layer);
        BlobUpload upload = app.blobs().startUpload();
        upload.append(0, BlobSource.of(world.layer));
        upload.commit(layer);
        assertRescued();
    }

    @Test
    void aPushOfTheManifestRescuesItsData() throws IOException {
        condemn(world.signature.digest());
        app.manifests().put(world.signature);
        assertThat(store.stat(Keys.condemned(world.signature.digest()))).isEmpty();
    }

    /** The condemnation comes just between the two looks of a push at what it refers to. */
    @Test
    void aManifestLinkedAfterItsBlobWasCondemnedIsDeletedAgain() throws IOException {
        boolean refused = false;
        boolean more = true;
        for (int actAt = 0; more; actAt++) {
            ObjectStore copy = StoreCopies.copy(store, "");
            copy.put(Keys.COLLECTION_RUNNING, new byte[0], PutCondition.always());
            int at = actAt;
            boolean[] acted = new boolean[1];
            SteppedStore stepped = new SteppedStore(copy, new SteppedStore.Steps() {
                private int steps;

                @Override
                public void step() {
                    if (steps++ == at) {
                        acted[0] = true;
                        condemnIn(copy);
                    }
                }
            });
            Repository late = StorageRegistry.over(stepped).repository(world.app);
            Repository seen = StorageRegistry.over(copy).repository(world.app);
            try {
                late.manifests().put(world.first, world.latest);
                assertThat(seen.manifests().get(world.latest)).isEqualTo(world.first);
                // So the reference was written before the condemnation: collection will see it.
                assertThat(copy.stat(Keys.referenceEntry(layer, world.app, world.first.digest())))
                        .isPresent();
            } catch (RegistryException e) {
                refused = true;
                assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN);
                assertThat(seen.manifests().find(world.first.digest())).isEmpty();
                assertThat(seen.tags().resolve(world.latest)).isEmpty();
            }
            more = acted[0];
        }
        assertThat(refused).isTrue();
    }

    private void condemnIn(ObjectStore where) {
        try {
            where.put(Keys.condemned(layer), new byte[0], PutCondition.always());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCollectionIsNoticedWithinTheAnnouncedAge() throws IOException {
        mark(Keys.condemned(layer));
        assertThat(app.blobs().find(layer)).as("no collection runs").isPresent();
        mark(Keys.COLLECTION_RUNNING);
        clock.advance(Condemned.ANNOUNCEMENT_AGE.minusMillis(1));
        assertThat(app.blobs().find(layer)).as("what was known still counts").isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(app.blobs().find(layer)).isEmpty();
        store.delete(Keys.COLLECTION_RUNNING);
        clock.advance(Condemned.ANNOUNCEMENT_AGE);
        assertThat(app.blobs().find(layer)).isPresent();
    }
}
