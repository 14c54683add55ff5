package dev.berth.registry.engine;

import dev.berth.registry.storage.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A store that writes down each call, and counts the bytes that are read. */
final class CountingStore extends InterceptedStore {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicLong bytesRead = new AtomicLong();

    CountingStore(ObjectStore store) {
        super(store);
    }

    /** Forgets what was counted so far. */
    void reset() {
        calls.clear();
        bytesRead.set(0);
    }

    /** Returns the calls since the last reset, each as the operation and the name. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** Returns the number of bytes of objects and uploads that were read since the last reset. */
    long bytesRead() {
        return bytesRead.get();
    }

    @Override
    <T> T intercept(String operation, String name, Call<T> call) throws IOException {
        calls.add(operation + " " + name);
        return call.run();
    }

    @Override
    InputStream reading(String name, InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                int next = super.read();
                bytesRead.addAndGet(next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                bytesRead.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }
}
