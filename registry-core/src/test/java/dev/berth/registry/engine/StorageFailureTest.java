package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.StorageBusyException;
import dev.berth.registry.storage.StorageFullException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that fails or is full causes one kind of exception, and nothing half done. */
class StorageFailureTest {
    private final World world = new World();
    private final ObjectStore store = filled();

    private ObjectStore filled() {
        ObjectStore filled = MemoryObjectStore.create();
        Registry registry = StorageRegistry.over(filled);
        world.pushBlobs(registry, world.app);
        registry.repository(world.app).manifests().put(world.first, world.latest);
        registry.repository(world.app).manifests().put(world.signature);
        return filled;
    }

    /** Everything that only reads. */
    private enum Reading {
        FIND_BLOB((registry, world) -> app(registry, world).blobs().find(Digest.sha256(world.layer))),
        OPEN_BLOB((registry, world) ->
                app(registry, world).blobs().open(Digest.sha256(world.layer)).close()),
        FIND_MANIFEST((registry, world) -> app(registry, world).manifests().find(world.latest)),
        GET_MANIFEST((registry, world) -> app(registry, world).manifests().get(world.first.digest())),
        RESOLVE_TAG((registry, world) -> app(registry, world).tags().resolve(world.latest)),
        LIST_TAGS((registry, world) -> app(registry, world).tags().list().toList()),
        LIST_REPOSITORIES((registry, world) -> registry.repositories().toList()),
        LIST_REFERRERS((registry, world) ->
                app(registry, world).manifests().referrers(world.first.digest()).toList()),
        MOUNT((registry, world) ->
                registry.repository(world.other).blobs().mount(Digest.sha256(world.layer), MountSource.any())),
        CHECK_HEALTH((registry, world) -> registry.checkHealth()),
        INDEX_COMPLETE((registry, world) -> registry.indexComplete());

        private interface Use {
            void of(StorageRegistry registry, World world);
        }

        private final Use use;

        Reading(Use use) {
            this.use = use;
        }

        private static Repository app(Registry registry, World world) {
            return registry.repository(world.app);
        }
    }

    @Test
    void aFailedReadIsUnavailable() {
        Cases.of(Reading.values()).check(reading -> {
            IOException cause = new IOException("The disk is gone");
            boolean failed = true;
            int failures = 0;
            for (int failAt = 0; failed; failAt++) {
                FailingStore failing = FailingStore.once(StoreCopies.copy(store, ""), failAt, () -> cause);
                StorageRegistry registry = StorageRegistry.over(failing);
                RegistryException failure =
                        catchThrowableOfType(RegistryException.class, () -> reading.use.of(registry, world));
                failed = failing.hasFailed();
                if (failed) {
                    assertThat(failure).as("failure at call %d", failAt).isNotNull();
                    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(failure).hasCause(cause);
                    assertThat(failure.getMessage()).contains("storage failed").doesNotContain(cause.getMessage());
                    failures++;
                    // Once the store is back, so is the registry: also if it failed at its first call.
                    reading.use.of(registry, world);
                }
            }
            assertThat(failures).isPositive();
        });
    }

    @Test
    void aManifestThatCannotBeReadToItsEndIsNotMissing() {
        Registry registry = StorageRegistry.over(new BreakingOff(store, "/data"));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.repository(world.app).manifests().find(world.latest))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void aLinkThatCannotBeReadIsNotMissing() {
        Registry registry = StorageRegistry.over(new BreakingOff(store, "/link"));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.repository(world.app).blobs().find(Digest.sha256(world.layer)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void theStreamOfABlobFailsWithAnIoException() throws IOException {
        String data = Keys.data(Digest.sha256(world.layer)).value();
        Registry registry = StorageRegistry.over(new BreakingOff(store, data));
        try (BlobContent content = registry.repository(world.app).blobs().open(Digest.sha256(world.layer))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> content.stream().readAllBytes());
        }
    }

    /** A store whose objects cannot be read beyond their first byte. */
    private static final class BreakingOff extends InterceptedStore {
        private final String suffix;

        BreakingOff(ObjectStore store, String suffix) {
            super(store);
            this.suffix = suffix;
        }

        @Override
        <T> T intercept(String operation, String name, Call<T> call) throws IOException {
            return call.run();
        }

        @Override
        InputStream reading(String name, InputStream stream) {
            return name.endsWith(suffix)
                    ? new SequenceInputStream(new ByteArrayInputStream(new byte[1]), new Broken())
                    : stream;
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("The disk is gone");
        }
    }

    private static Stream<IOException> interruptions() {
        return Stream.of(new ClosedByInterruptException(), new InterruptedIOException("interrupted"));
    }

    @Test
    void anInterruptedCallIsUnavailable() {
        Cases.of(interruptions().toList()).check(interruption -> {
            Registry registry = StorageRegistry.over(FailingStore.from(store, 0, () -> interruption));
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(world.app).blobs().find(Digest.sha256(world.layer)))
                    .withMessageContaining("interrupted")
                    .withCause(interruption)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        });
    }

    // A store without room.

    /** Everything that writes, with something that is not there yet. */
    private enum Writing {
        PUSH_BLOB((registry, world) -> {
            byte[] small = new byte[100];
            registry.repository(world.other).blobs().push(Digest.sha256(small), BlobSource.of(small));
        }),
        PUSH_LARGER_BLOB((registry, world) -> {
            byte[] larger = new byte[100_000];
            registry.repository(world.other).blobs().push(Digest.sha256(larger), BlobSource.of(larger));
        }),
        UPLOAD_BLOB((registry, world) -> {
            BlobUpload upload = registry.repository(world.other).blobs().startUpload();
            upload.append(0, BlobSource.of(world.layer));
            upload.commit(Digest.sha256(world.layer));
        }),
        PUSH_IMAGE((registry, world) ->
                registry.repository(world.app).manifests().put(world.second, world.latest, world.stable)),
        TAG((registry, world) -> registry.repository(world.app).tags().put(world.stable, world.first.digest()));

        private final Reading.Use use;

        Writing(Reading.Use use) {
            this.use = use;
        }
    }

    private static boolean needsRoom(String operation) {
        return switch (operation) {
            case "put", "startUpload", "upload.append", "upload.commit" -> true;
            default -> false;
        };
    }

    @Test
    void aPushToAFullStoreIsInsufficientStorageAndLeavesNothingVisible() {
        Cases.of(Writing.values()).check(writing -> {
            Map<String, String> before = Observed.look(StorageRegistry.over(store), world);
            Map<String, String> done = after(writing);
            boolean failed = true;
            for (int failAt = 0; failed; failAt++) {
                ObjectStore copy = StoreCopies.copy(store, "");
                FailingStore full = FailingStore.once(
                        copy,
                        StorageFailureTest::needsRoom,
                        failAt,
                        () -> new StorageFullException("There is no room"));
                RegistryException failure = catchThrowableOfType(
                        RegistryException.class, () -> writing.use.of(StorageRegistry.over(full), world));
                failed = full.hasFailed();
                if (failed) {
                    assertThat(failure).as("failure at write %d", failAt).isNotNull();
                    assertThat(failure.code()).isEqualTo(ErrorCode.INSUFFICIENT_STORAGE);
                    assertThat(failure).hasMessageContaining("full");
                    // The first look removes from the listings what never came to be.
                    Observed.look(StorageRegistry.over(copy), world);
                    Observed.look(StorageRegistry.over(copy), world)
                            .forEach(
                                    (item, value) -> assertThat(value).as(item).isIn(before.get(item), done.get(item)));
                    writing.use.of(StorageRegistry.over(copy), world);
                    assertThat(Observed.look(StorageRegistry.over(copy), world)).isEqualTo(done);
                }
            }
        });
    }

    private Map<String, String> after(Writing writing) throws IOException {
        ObjectStore copy = StoreCopies.copy(store, "");
        writing.use.of(StorageRegistry.over(copy), world);
        return Observed.look(StorageRegistry.over(copy), world);
    }

    @ParameterizedTest
    @EnumSource(names = {"PUSH_BLOB", "PUSH_LARGER_BLOB"})
    void aPushThatFailsGivesItsUploadUp(Writing writing) throws IOException {
        boolean failed = true;
        for (int failAt = 0; failed; failAt++) {
            ObjectStore copy = StoreCopies.copy(store, "");
            FailingStore full = FailingStore.once(
                    copy, StorageFailureTest::needsRoom, failAt, () -> new StorageFullException("There is no room"));
            catchThrowableOfType(RegistryException.class, () -> writing.use.of(StorageRegistry.over(full), world));
            failed = full.hasFailed();
            assertThat(StoreCopies.keys(copy, "_berth/uploads/"))
                    .as("failure at write %d", failAt)
                    .isEmpty();
        }
    }

    @Test
    void aPushThatDoesNotFitFreesItsSpace() {
        Cases.ints(1_000, 65_000, 70_000, 1_000_000).check(size -> {
            MemoryObjectStore bounded =
                    MemoryObjectStore.builder().maxBytes(size).build();
            Repository app = StorageRegistry.over(bounded).repository(world.app);
            app.blobs().find(Digest.sha256(world.layer));
            long used = bounded.usedBytes();
            byte[] bytes = new byte[size];
            new Random(1).nextBytes(bytes);
            Digest digest = Digest.sha256(bytes);
            for (BlobSource source :
                    new BlobSource[] {BlobSource.of(bytes), BlobSource.once(new ByteArrayInputStream(bytes))}) {
                assertFull(() -> app.blobs().push(digest, source));
                assertThat(app.blobs().find(digest)).isEmpty();
                assertThat(bounded.usedBytes()).isEqualTo(used);
            }
        });
    }

    @Test
    void anUploadThatDoesNotFitCanBeResumedWhenThereIsSpace() {
        MemoryObjectStore bounded =
                MemoryObjectStore.builder().maxBytes(300_000).build();
        Repository app = StorageRegistry.over(bounded).repository(world.app);
        byte[] first = new byte[200_000];
        app.blobs().push(Digest.sha256(first), BlobSource.of(first));
        BlobUpload other = app.blobs().startUpload();
        other.append(0, BlobSource.of(new byte[50_000]));
        BlobUpload upload = app.blobs().startUpload();
        byte[] bytes = new byte[60_000];
        assertFull(() -> upload.append(0, BlobSource.of(bytes)));
        assertThat(upload.offset()).isZero();
        other.cancel();
        upload.append(0, BlobSource.of(bytes));
        upload.commit(Digest.sha256(bytes));
        assertThat(app.blobs().find(Digest.sha256(bytes))).isPresent();
    }

    @Test
    void aManifestThatDoesNotFitIsInvisible() {
        MemoryObjectStore bounded = MemoryObjectStore.builder().maxBytes(2000).build();
        Repository app = StorageRegistry.over(bounded).repository(world.app);
        String json = "{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"a\":\"" + "x".repeat(3000) + "\"}}";
        Manifest index = Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
        assertFull(() -> app.manifests().put(index, world.latest));
        assertThat(app.manifests().find(index.digest())).isEmpty();
        assertThat(app.tags().resolve(world.latest)).isEmpty();
        assertThat(StorageRegistry.over(bounded).repositories()).isEmpty();
    }

    private static void assertFull(ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call)
                .withMessageContaining("full")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_STORAGE));
    }

    @Test
    void aBusyStoreIsUnavailableWithARetryAfter() {
        FailingStore busy = FailingStore.from(
                store, 0, () -> new StorageBusyException("503", new IOException("SlowDown"), Duration.ofSeconds(7)));
        RegistryException failure = catchThrowableOfType(
                RegistryException.class,
                () -> StorageRegistry.over(busy).repository(world.app).blobs().find(Digest.sha256(world.layer)));
        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure).hasMessageContaining("try again").hasCauseInstanceOf(StorageBusyException.class);
    }
}
