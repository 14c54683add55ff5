package dev.berth.registry.engine;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.Prefetch;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the store has staged of an upload, which is nothing until the first append. For one thread. */
final class Staging implements AutoCloseable {
    private final UploadSession session;
    private @Nullable Prefetch<Optional<ObjectUpload>> found;
    private boolean known;
    private boolean resumed;
    private Optional<ObjectUpload> upload = Optional.empty();

    Staging(UploadSession session) {
        this.session = session;
    }

    /** Begins to look for what is staged, which takes no time until the result is needed. */
    Prefetch<Optional<ObjectUpload>> look() {
        if (found == null) {
            found = session.engine.store.prefetch(session::resume, staged -> staged.ifPresent(ObjectUpload::close));
        }
        return found;
    }

    private Optional<ObjectUpload> upload() throws IOException {
        if (!known) {
            Optional<ObjectUpload> staged = look().get();
            if (staged.isEmpty()) {
                session.requireNothingStaged();
            }
            upload = staged;
            known = true;
        }
        return upload;
    }

    boolean isEmpty() throws IOException {
        return upload().isEmpty();
    }

    long size() throws IOException {
        return isEmpty() ? 0 : upload().orElseThrow().size();
    }

    /** Returns the staged bytes for an append at an offset. */
    ObjectUpload begin(long offset) throws IOException {
        if (offset == 0 && !known && session.untold()) {
            begin();
        }
        if (isEmpty()) {
            if (offset != 0) {
                throw new UploadConflictException("nothing has been appended yet", 0);
            }
            upload = Optional.of(start());
        }
        return upload().orElseThrow();
    }

    /** Returns where the next byte belongs, and begins to stage if there is nothing yet. */
    long beginAtEnd() throws IOException {
        return !known && session.untold() && begin() ? 0 : size();
    }

    /** Stages nothing yet, of an upload of which nobody was told of bytes, and returns whether nothing was staged. */
    private boolean begin() throws IOException {
        upload = Optional.of(start());
        known = true;
        return !resumed;
    }

    /** Returns the staged bytes, of which there are some. */
    ObjectUpload existing() throws IOException {
        return upload().orElseThrow(() -> new UploadGoneException("nothing is staged"));
    }

    /** Discards what was staged, if there is something, of an upload that has been completed without it. */
    void discard() throws IOException {
        Optional<ObjectUpload> nobodys = known ? upload : look().get();
        known = true;
        upload = nobodys;
        if (nobodys.isPresent()) {
            nobodys.get().abort();
        }
    }

    private ObjectUpload start() throws IOException {
        try {
            return session.engine.store.startUpload(Keys.uploadStaging(session.id));
        } catch (UploadConflictException e) {
            // Another request has begun to append at the same time.
            resumed = true;
            return session.resume().orElseThrow(() -> e);
        }
    }

    @Override
    public void close() {
        if (found != null) {
            found.close();
        }
        upload.ifPresent(ObjectUpload::close);
    }
}
