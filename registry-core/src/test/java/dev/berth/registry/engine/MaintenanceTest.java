package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.internal.store.RepairReplay;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Maintenance deletes expired uploads and replays the repair journal. */
class MaintenanceTest {
    private static final Duration EXPIRY = Duration.ofHours(24);

    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry =
            StorageRegistry.over(store, StorageOptions.builder().clock(clock).build());
    private final Repository app = registry.repository(world.app);
    private final Blobs blobs = app.blobs();

    private BlobUpload startedUpload() {
        BlobUpload upload = blobs.startUpload();
        upload.append(0, BlobSource.of(world.layer));
        return upload;
    }

    private void assertGone(BlobUpload upload) {
        for (Runnable use : List.<Runnable>of(
                () -> blobs.resumeUpload(upload.id()),
                () -> upload.append(0, BlobSource.of(world.layer)),
                () -> upload.commit(Digest.sha256(world.layer)))) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(use::run)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN));
        }
    }

    @Test
    void anUploadExpiresAfterADay() throws IOException {
        long before = store.usedBytes();
        BlobUpload upload = startedUpload();
        clock.advance(EXPIRY);
        assertThat(registry.maintain().expiredUploads()).isZero();
        assertThat(upload.offset()).isEqualTo(world.layer.length);
        clock.advance(Duration.ofMillis(1));
        assertThat(registry.maintain().expiredUploads()).isEqualTo(1);
        assertGone(upload);
        assertThat(StoreCopies.keys(store, "_berth/uploads/")).isEmpty();
        StoreCopies.keys(store, "")
                .forEach(key -> assertThat(key).doesNotContain(upload.id().value()));
        assertThat(store.usedBytes()).isLessThan(before + 100);
        assertThat(registry.maintain().expiredUploads()).isZero();
    }

    @Test
    void anUploadWithoutBytesExpires() {
        BlobUpload upload = blobs.startUpload();
        clock.advance(EXPIRY.plusMillis(1));
        assertThat(registry.maintain().expiredUploads()).isEqualTo(1);
        assertGone(upload);
    }

    @Test
    void anAppendKeepsAnUploadFromExpiring() throws IOException {
        BlobUpload upload = startedUpload();
        for (int day = 0; day < 3; day++) {
            clock.advance(EXPIRY.minusMillis(1));
            upload.append(upload.offset(), BlobSource.of(new byte[] {1}));
            clock.advance(Duration.ofMillis(2));
            assertThat(registry.maintain().expiredUploads()).isZero();
        }
        assertThat(upload.offset()).isEqualTo(world.layer.length + 3);
    }

    @Test
    void uploadsExpireAfterTheTimeInTheOptions() {
        StorageOptions options = StorageOptions.builder()
                .clock(clock)
                .uploadExpiry(Duration.ofMinutes(1))
                .build();
        StorageRegistry impatient = StorageRegistry.over(store, options);
        BlobUpload upload = startedUpload();
        assertThat(impatient.maintain().expiredUploads()).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(impatient.maintain().expiredUploads()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(impatient.maintain().expiredUploads()).isEqualTo(1);
        assertGone(upload);
    }

    @Test
    void uploadsThatHaveEndedDoNotExpire() {
        startedUpload().commit(Digest.sha256(world.layer));
        startedUpload().cancel();
        clock.advance(EXPIRY.multipliedBy(2));
        assertThat(registry.maintain().expiredUploads()).isZero();
        assertThat(blobs.find(Digest.sha256(world.layer))).isPresent();
    }

    @Test
    void ofManyUploadsOnlyTheOldOnesExpire() {
        for (int i = 0; i < 1200; i++) {
            blobs.startUpload();
        }
        clock.advance(EXPIRY.plusMillis(1));
        BlobUpload young = startedUpload();
        assertThat(registry.maintain().expiredUploads()).isEqualTo(1200);
        young.commit(Digest.sha256(world.layer));
    }

    @Test
    void anUploadWithADamagedRecordIsDeleted() throws IOException {
        BlobUpload upload = startedUpload();
        new DockerLayout(store).write("_berth/uploads/" + upload.id(), "");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> blobs.resumeUpload(upload.id()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN));
        assertThat(registry.maintain().expiredUploads()).isEqualTo(1);
        assertThat(StoreCopies.keys(store, "_berth/uploads/")).isEmpty();
    }

    @Test
    void repairEntriesAreKeptForLongerThanACallOfTheStoreMayTake() throws IOException {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest, world.stable);
        app.tags().delete(world.stable);
        app.manifests().delete(world.first.digest());
        int kept = StoreCopies.keys(store, "_berth/index/repairs/").size();
        assertThat(kept).isPositive();
        clock.advance(Marks.TAKEOVER);
        registry.maintain();
        assertThat(StoreCopies.keys(store, "_berth/index/repairs/")).hasSize(kept);
        clock.advance(RepairReplay.KEPT.minus(Marks.TAKEOVER).plusMillis(1));
        registry.maintain();
        assertThat(StoreCopies.keys(store, "_berth/index/repairs/")).isEmpty();
    }

    @Test
    void manyRepairEntriesOfOneTagCauseOneRepair() throws IOException {
        world.pushBlobs(registry, world.app);
        CountingStore counting = new CountingStore(store);
        StorageRegistry later = StorageRegistry.over(counting);
        int deletions = 0;
        for (int i = 0; i < 50; i++) {
            app.manifests().put(world.first, world.latest);
            deletions += app.tags().delete(world.latest) ? 1 : 0;
        }
        assertThat(deletions).isEqualTo(50);
        assertThat(StoreCopies.keys(store, "_berth/index/repairs/")).hasSizeGreaterThanOrEqualTo(50);
        later.maintain();
        long looks = counting.calls().stream()
                .filter(call -> call.endsWith("/tags/" + world.latest + "/current/link"))
                .count();

        assertThat(looks).isBetween(1L, 10L);
    }

    @Test
    void maintenanceRestoresEntriesThatACrashedDeletionHasDeleted() throws IOException {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
        app.tags().delete(Tag.parse("none"));
        // A deletion has written its repair entry and deleted the index entries; then the tag was pushed; then the
        // process of the deletion died.
        new DockerLayout(store)
                .write("_berth/index/repairs/0", clock.instant() + "\n" + world.app + "\ntag\n" + world.latest + "\n");
        store.delete(Keys.tagEntry(world.app, world.latest));
        store.delete(Keys.taggedEntry(world.app, world.first.digest(), world.latest));
        assertThat(app.tags().list()).isEmpty();
        registry.maintain();
        assertThat(app.tags().list()).containsExactly(world.latest);
        assertThat(app.manifests().delete(world.first.digest()).tags()).containsExactly(world.latest);
    }

    @Test
    void damagedRepairEntriesAreDeleted() throws IOException {
        int i = 0;
        String now = clock.instant().toString();
        for (String junk : List.of(
                "", "x", now + "\na\ntag\n", now + "\nA\ntag\nx\n", now + "\na\nother\nx\n", "x\na\ntag\nx\n")) {
            new DockerLayout(store).write("_berth/index/repairs/" + i++, junk);
        }
        registry.maintain();
        assertThat(StoreCopies.keys(store, "_berth/index/repairs/")).isEmpty();
    }

    @Test
    void maintenanceOverAFailingStoreIsUnavailable() {
        startedUpload();
        clock.advance(EXPIRY.plusMillis(1));
        boolean failed = true;
        for (int failAt = 0; failed; failAt++) {
            FailingStore failing = FailingStore.from(store, failAt, () -> new IOException("The disk is gone"));
            StorageRegistry unreliable = StorageRegistry.over(
                    failing, StorageOptions.builder().clock(clock).build());
            for (int run = 0; run < 2; run++) {
                try {
                    unreliable.maintain();
                } catch (RegistryException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                }
                clock.advance(EXPIRY.plusMillis(1));
            }
            failed = failing.hasFailed();
        }
        assertThat(registry.maintain().expiredUploads()).isZero();
    }
}
