package dev.berth.registry.metrics;

import dev.berth.registry.storage.ForwardingObjectUpload;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import java.io.IOException;
import java.io.InputStream;

/** Times the commit of an upload, and counts its bytes. */
final class TimedUpload extends ForwardingObjectUpload {
    private final StorageTimers timers;

    TimedUpload(ObjectUpload delegate, StorageTimers timers) {
        super(delegate);
        this.timers = timers;
    }

    /** Returns the upload of the store itself, which alone it can commit in a batch. */
    ObjectUpload target() {
        return delegate();
    }

    @Override
    public long append(long offset, InputStream content) throws IOException {
        long size = timers.receive(() -> super.append(offset, content));
        timers.received(size - offset);
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return timers.time(StorageAction.GET_CONTENT, super::open);
    }

    @Override
    public void commit(ObjectKey key, long expectedSize) throws IOException {
        timers.time(StorageAction.MOVE, () -> {
            super.commit(key, expectedSize);
            return true;
        });
    }

    @Override
    public void abort() throws IOException {
        timers.time(StorageAction.DELETE, () -> {
            super.abort();
            return true;
        });
    }
}
