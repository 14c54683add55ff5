package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collection is removing counts as absent; whoever pushes it waits for the end, or takes over from the dead. */
class RemovalInProgressTest {
    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final ObjectStore store = MemoryObjectStore.create();

    /** What happens while a push waits. */
    private Runnable meanwhile = () -> {};

    private final StorageRegistry registry = registry(store);
    private final Repository app = registry.repository(world.app);
    private final Digest layer = Digest.sha256(world.layer);
    private final TestCollection collection = new TestCollection(store, clock, layer);

    private StorageRegistry registry(ObjectStore over) {
        return StorageRegistry.over(
                over,
                StorageOptions.builder()
                        .clock(clock)
                        .pause(duration -> {
                            clock.advance(duration);
                            meanwhile.run();
                        })
                        .build());
    }

    @BeforeEach
    void beginToRemove() throws IOException {
        world.pushBlobs(registry, world.app);
        collection.condemn();
        assertThat(collection.beginDeleting()).isTrue();
    }

    private void removeAndEnd() {
        try {
            collection.remove();
            collection.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertFails(ErrorCode code, Runnable call) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void itCountsAsAbsent() {
        assertThat(app.blobs().find(layer)).isEmpty();
        Repository other = registry.repository(world.other);
        assertThat(other.blobs().mount(layer, MountSource.from(world.app))).isEmpty();
        assertThat(other.blobs().mount(layer, MountSource.any())).isEmpty();
        assertFails(ErrorCode.MANIFEST_BLOB_UNKNOWN, () -> app.manifests().put(world.first, world.latest));
        assertThat(app.manifests().find(world.first.digest())).isEmpty();
        assertThat(app.blobs().find(Digest.sha256(world.layer2))).isPresent();
    }

    @Test
    void aPushWaitsForTheEnd() throws IOException {
        meanwhile = this::removeAndEnd;
        app.blobs().push(layer, BlobSource.of(world.layer));
        assertThat(app.blobs().find(layer)).isPresent();
        assertThat(store.stat(Keys.holderEntry(layer, world.app))).isPresent();
        app.manifests().put(world.first, world.latest);
    }

    @Test
    void aPushDoesNotWaitForLong() throws IOException {
        assertFails(ErrorCode.UNAVAILABLE, () -> app.blobs().push(layer, BlobSource.of(world.layer)));
        assertThat(collection.state()).contains(Mark.State.DELETING);
    }

    @Test
    void aPushTakesOverFromAnOwnerThatWasNotSeenToMoveForLong() throws IOException {
        assertFails(ErrorCode.UNAVAILABLE, () -> app.blobs().push(layer, BlobSource.of(world.layer)));
        clock.advance(Marks.TAKEOVER);
        app.blobs().push(layer, BlobSource.of(world.layer));
        assertThat(collection.state()).isEmpty();
        assertThat(collection.candidates()).contains(world.app);
        assertThat(app.blobs().find(layer)).isPresent();
    }

    /** Its clock may be wrong by hours: only how long this process has seen it counts. */
    @Test
    void anOwnerIsNotTakenForDeadByWhatItsClockSays() throws IOException {
        clock.advance(Marks.TAKEOVER.plus(Duration.ofHours(5)));
        assertFails(ErrorCode.UNAVAILABLE, () -> app.blobs().push(layer, BlobSource.of(world.layer)));
        assertThat(collection.state()).contains(Mark.State.DELETING);
    }

    @Test
    void aStoreOfOneProcessHasNoRequestOfADeadOne() throws IOException {
        Digest other = Digest.sha256(world.layer2);
        TestCollection dead = new TestCollection(store, clock, other, new Mark.Owner("another process", "x"));
        dead.condemn();
        dead.beginDeleting();
        assertThat(store.exclusive()).isTrue();
        app.blobs().push(other, BlobSource.of(world.layer2));
        assertThat(dead.state()).isEmpty();
    }

    @Test
    void aStoreOfSeveralProcessesMayHaveARequestOfADeadOne() throws IOException {
        ObjectStore shared = new ForwardingObjectStore(store) {
            @Override
            public boolean exclusive() {
                return false;
            }
        };
        Digest other = Digest.sha256(world.layer2);
        TestCollection dead = new TestCollection(store, clock, other, new Mark.Owner("another process", "x"));
        dead.condemn();
        dead.beginDeleting();
        Repository there = registry(shared).repository(world.app);
        assertFails(ErrorCode.UNAVAILABLE, () -> there.blobs().push(other, BlobSource.of(world.layer2)));
    }
}
