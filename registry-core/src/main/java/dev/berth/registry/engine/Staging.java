package dev.berth.registry.engine;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.util.Optional;

/** What the store has staged of an upload, which is nothing until the first append. For one thread. */
final class Staging implements AutoCloseable {
    private final UploadSession session;
    private Optional<ObjectUpload> upload;

    Staging(UploadSession session, Optional<ObjectUpload> upload) {
        this.session = session;
        this.upload = upload;
    }

    boolean isEmpty() {
        return upload.isEmpty();
    }

    long size() throws IOException {
        return upload.isPresent() ? upload.get().size() : 0;
    }

    /** Returns the staged bytes for an append at an offset. */
    ObjectUpload begin(long offset) throws IOException {
        if (upload.isEmpty()) {
            if (offset != 0) {
                throw new UploadConflictException("nothing has been appended yet", 0);
            }
            upload = Optional.of(start());
        }
        return upload.get();
    }

    /** Returns the staged bytes, of which there are some. */
    ObjectUpload existing() throws IOException {
        return upload.orElseThrow(() -> new UploadGoneException("nothing is staged"));
    }

    private ObjectUpload start() throws IOException {
        try {
            return session.engine.store.startUpload(Keys.uploadStaging(session.id));
        } catch (UploadConflictException e) {
            // Another request has begun to append at the same time.
            return session.resume().orElseThrow(() -> e);
        }
    }

    @Override
    public void close() {
        upload.ifPresent(ObjectUpload::close);
    }
}
