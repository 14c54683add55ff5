package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.memory.MemoryObjectStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Uploads expire by the time that passes while a registry knows them, and not by what a clock says. */
class UploadExpiryTest {
    private static final Duration EXPIRY = Duration.ofHours(24);

    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final AtomicLong nanos = new AtomicLong();
    private final MemoryObjectStore store = MemoryObjectStore.create();

    /** As after a start of the process: only the store is as before. */
    private StorageRegistry started() {
        return StorageRegistry.over(
                store,
                StorageOptions.builder()
                        .clock(clock)
                        .nanoTime(nanos::get)
                        .uploadExpiry(EXPIRY)
                        .build());
    }

    private void pass(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    private BlobUpload upload(StorageRegistry registry) {
        BlobUpload upload = registry.repository(world.app).blobs().startUpload();
        upload.append(0, BlobSource.of(world.layer));
        return upload;
    }

    @Test
    void aClockThatJumpsAtARestartExpiresNothing() {
        BlobUpload upload = upload(started());
        clock.advance(Duration.ofDays(30));
        StorageRegistry restarted = started();
        assertThat(restarted.maintain().expiredUploads()).isZero();
        pass(EXPIRY.dividedBy(2));
        assertThat(restarted.maintain().expiredUploads()).isZero();
        restarted.repository(world.app).blobs().resumeUpload(upload.id()).commit(Digest.sha256(world.layer));
    }

    @Test
    void aClockThatJumpsWhileTheProcessRunsExpiresNothing() {
        StorageRegistry registry = started();
        BlobUpload upload = upload(registry);
        assertThat(registry.maintain().expiredUploads()).isZero();
        clock.advance(Duration.ofDays(30));
        assertThat(registry.maintain().expiredUploads()).isZero();
        upload.commit(Digest.sha256(world.layer));
    }

    @Test
    void aClockThatIsSetBackDelaysNothing() {
        StorageRegistry registry = started();
        upload(registry);
        clock.advance(Duration.ofDays(-30));
        nanos.addAndGet(EXPIRY.plusMillis(1).toNanos());
        assertThat(registry.maintain().expiredUploads()).isEqualTo(1);
    }

    @Test
    void whatAnEarlierProcessHasLeftExpiresOnceItWasSeenIdleForThatLong() {
        upload(started());
        StorageRegistry restarted = started();
        assertThat(restarted.maintain().expiredUploads()).isZero();
        pass(EXPIRY);
        assertThat(restarted.maintain().expiredUploads()).isZero();
        pass(Duration.ofMillis(1));
        assertThat(restarted.maintain().expiredUploads()).isEqualTo(1);
        assertThat(restarted.maintain().expiredUploads()).isZero();
    }

    @Test
    void anUploadThatAnotherProcessContinuesDoesNotExpire() {
        StorageRegistry one = started();
        StorageRegistry other = started();
        BlobUpload upload = upload(one);
        for (int i = 0; i < 3; i++) {
            pass(EXPIRY.minusMinutes(1));
            BlobUpload continued = other.repository(world.app).blobs().resumeUpload(upload.id());
            continued.append(continued.offset(), BlobSource.of(new byte[] {1}));
            pass(Duration.ofMinutes(2));
            assertThat(one.maintain().expiredUploads()).isZero();
        }
    }
}
