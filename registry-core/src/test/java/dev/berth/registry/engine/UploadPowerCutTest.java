package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.engine.PowerCutStore.Transient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * An upload at whose steps the system crashes: what was staged is lost, the record may be lost, or be an older one. The
 * client is told that there is no such upload, never an offset that does not hold. A blob that was acknowledged is there.
 */
class UploadPowerCutTest {
    private final World world = new World();
    private final byte[] bytes = world.layer;
    private final Digest digest = Digest.sha256(bytes);
    private final byte[] first = Arrays.copyOf(bytes, 5);
    private final byte[] rest = Arrays.copyOfRange(bytes, 5, bytes.length);

    /** A way to upload a blob. */
    private interface Way {
        void upload(BlobUpload upload);
    }

    private final Way inPieces = upload -> {
        upload.append(0, BlobSource.of(first));
        upload.append(first.length, BlobSource.of(rest));
        upload.commit(digest);
    };
    private final Way withTheLastPiece = upload -> {
        upload.append(0, BlobSource.of(first));
        upload.commit(OptionalLong.empty(), BlobSource.of(rest), digest);
    };
    private final Way atOnce = upload -> upload.commit(OptionalLong.empty(), BlobSource.of(bytes), digest);

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aSystemThatCrashesEndsTheUploadOrHasTheBlob() {
        Cases.of(BatchOrder.values()).check(order -> {
            for (Way way : new Way[] {inPieces, withTheLastPiece, atOnce}) {
                for (Transient what : Transient.values()) {
                    crashAtEachStep(way, what, order);
                }
            }
        });
    }

    private void crashAtEachStep(Way way, Transient what, BatchOrder order) throws IOException {
        boolean died = true;
        for (int dieAt = 0; died; dieAt++) {
            PowerCutStore store = new PowerCutStore();
            AtomicReference<Optional<UploadId>> id = new AtomicReference<>(Optional.empty());
            died = dies(way, id, new SteppedStore(store, dyingAt(dieAt), order));
            store.crash(what);
            Blobs blobs = StorageRegistry.over(store).repository(world.app).blobs();
            String where = what + " at step " + dieAt + " " + order;
            if (!died) {
                assertThat(blobs.find(digest)).as(where).isPresent();
            }
            if (id.get().isPresent()) {
                requireUnknown(blobs, id.get().get(), where);
            }
            new UploadPurgeCheck(store).requireNothingLeft(where);
            blobs.push(digest, BlobSource.of(bytes));
            assertThat(blobs.find(digest)).as(where).isPresent();
        }
    }

    private boolean dies(Way way, AtomicReference<Optional<UploadId>> id, SteppedStore dying) {
        try {
            BlobUpload upload =
                    StorageRegistry.over(dying).repository(world.app).blobs().startUpload();
            id.set(Optional.of(upload.id()));
            way.upload(upload);
            return false;
        } catch (Died e) {
            return true;
        }
    }

    private static SteppedStore.Steps dyingAt(int dieAt) {
        return new SteppedStore.Steps() {
            private int steps;

            @Override
            public void step() {
                if (steps++ >= dieAt) {
                    throw new Died();
                }
            }
        };
    }

    private static void requireUnknown(Blobs blobs, UploadId id, String where) {
        assertThatExceptionOfType(RegistryException.class)
                .as(where)
                .isThrownBy(() -> blobs.resumeUpload(id).offset())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN));
    }

    /** That maintenance removes what is left of uploads. */
    private record UploadPurgeCheck(PowerCutStore store) {
        void requireNothingLeft(String where) {
            StorageRegistry.over(store).maintain();
            try {
                assertThat(StoreCopies.keys(store, "_berth/uploads/")).as(where).isEmpty();
                assertThat(StoreCopies.keys(store, "_berth/staging/")).as(where).isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A process that dies loses nothing of an upload: the same client goes on, or begins again with the same bytes. */
    @Test
    void aProcessThatDiesLosesNoOffset() {
        Cases.of(BatchOrder.values()).check(order -> {
            boolean died = true;
            for (int dieAt = 0; died; dieAt++) {
                PowerCutStore store = new PowerCutStore();
                Blobs blobs = StorageRegistry.over(store).repository(world.app).blobs();
                UploadId id = blobs.startUpload().id();
                blobs.resumeUpload(id).append(0, BlobSource.of(first));
                died = diesInCommit(new SteppedStore(store, dyingAt(dieAt), order), id);
                String where = "at step " + dieAt + " " + order;
                if (!died) {
                    assertThat(blobs.find(digest)).as(where).isPresent();
                    requireUnknown(blobs, id, where);
                    continue;
                }
                try {
                    blobs.resumeUpload(id).commit(OptionalLong.of(first.length), BlobSource.of(rest), digest);
                    assertThat(blobs.find(digest)).as(where).isPresent();
                } catch (RegistryException e) {
                    assertThat(e.code()).as(where).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
                }
            }
        });
    }

    private boolean diesInCommit(SteppedStore dying, UploadId id) {
        try {
            StorageRegistry.over(dying)
                    .repository(world.app)
                    .blobs()
                    .resumeUpload(id)
                    .commit(OptionalLong.of(first.length), BlobSource.of(rest), digest);
            return false;
        } catch (Died e) {
            return true;
        }
    }
}
