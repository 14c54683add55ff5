package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever a store says when its upload disappears during a call: there is no such upload, and nothing has failed. */
class UploadEndedMeanwhileTest {
    private final World world = new World();

    /** At one call of the store another request cancels the upload, and the call fails. */
    private static final class Vanishing extends InterceptedStore {
        private final Runnable cancel;
        private int left;
        private boolean cancelled;

        Vanishing(ObjectStore store, Runnable cancel) {
            super(store);
            this.left = Integer.MAX_VALUE;
            this.cancel = cancel;
        }

        @Override
        <T> T intercept(String operation, String name, Call<T> call) throws IOException {
            // A commit that failed may have ended the upload itself, and says that it failed.
            boolean use = (name.startsWith("_berth/uploads/") || name.startsWith("_berth/staging/"))
                    && !operation.equals("resumeUpload")
                    && !operation.equals("upload.commit");
            if (use && !cancelled && left-- == 0) {
                cancelled = true;
                cancel.run();
                throw new IOException("No such object");
            }
            return call.run();
        }
    }

    private final Map<String, Consumer<BlobUpload>> uses = Map.of(
            "append", upload -> upload.append(1, BlobSource.of(new byte[] {2})),
            "offset", BlobUpload::offset,
            "commit", upload -> upload.commit(Digest.sha256(new byte[] {1})));

    @Test
    void aUseOfAnUploadThatDisappearsFindsNoUpload() {
        Cases.of(uses.keySet().toArray(String[]::new)).check(use -> {
            int at = 0;
            while (cancelledAt(at, uses.get(use))) {
                at++;
            }
            assertThat(at).as("calls of the store").isPositive();
        });
    }

    private boolean cancelledAt(int at, Consumer<BlobUpload> use) {
        ObjectStore store = MemoryObjectStore.create();
        Repository other = StorageRegistry.over(store).repository(world.app);
        BlobUpload upload = other.blobs().startUpload();
        upload.append(0, BlobSource.of(new byte[] {1}));
        Vanishing vanishing = new Vanishing(store, upload::cancel);
        BlobUpload seen =
                StorageRegistry.over(vanishing).repository(world.app).blobs().resumeUpload(upload.id());
        vanishing.left = at;
        RegistryException failure = catchThrowableOfType(RegistryException.class, () -> use.accept(seen));
        if (!vanishing.cancelled) {
            return false;
        }
        // After the bytes have become a blob the upload is not what has failed.
        boolean stored = other.blobs().find(Digest.sha256(new byte[] {1})).isPresent();
        if (!stored) {
            assertThat(failure).as("at call %d", at).isNotNull();
            assertThat(failure.code()).as("at call %d: %s", at, failure).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
        }
        return true;
    }
}
