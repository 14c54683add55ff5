package dev.berth.registry.engine;

import dev.berth.registry.storage.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A store that records each call and counts the bytes that are read. */
public final class CountingStore extends InterceptedStore {
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> bytesRead = new ConcurrentHashMap<>();

    public CountingStore(ObjectStore store) {
        super(store);
    }

    /** Forgets what was counted so far. */
    public void reset() {
        calls.clear();
        bytesRead.clear();
    }

    /** Returns the calls since the last reset, each as the operation and the name. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Returns how many bytes of blobs, manifests and uploads were read since the last reset, records not included. */
    long dataBytesRead() {
        return bytesRead.entrySet().stream()
                .filter(entry ->
                        entry.getKey().endsWith("/data") || entry.getKey().startsWith("_berth/staging/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void count(String name, int bytes) {
        if (bytes > 0) {
            bytesRead.merge(name, (long) bytes, Long::sum);
        }
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
                count(name, next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                count(name, count);
                return count;
            }
        };
    }
}
