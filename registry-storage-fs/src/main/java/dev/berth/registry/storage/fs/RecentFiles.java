package dev.berth.registry.storage.fs;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was read lately, within a budget in bytes. There are two generations: when the younger one has half of the budget,
 * the older one is dropped and the younger one takes its place. A lookup takes no lock, and moves what it finds to the
 * younger generation. Thread-safe.
 */
final class RecentFiles {
    private final long generationBytes;
    private final ReentrantLock ageing = new ReentrantLock();
    private volatile Generation young = new Generation();
    private volatile Generation old = new Generation();

    /** @param budget in bytes; with 0 nothing is kept */
    RecentFiles(long budget) {
        this.generationBytes = budget / 2;
    }

    private static final class Generation {
        private final ConcurrentHashMap<String, KeptFile> files = new ConcurrentHashMap<>();
        private final AtomicLong bytes = new AtomicLong();
    }

    boolean keeps(long bytes) {
        return bytes <= generationBytes / 4;
    }

    @Nullable KeptFile get(String key) {
        KeptFile file = young.files.get(key);
        if (file != null) {
            return file;
        }
        file = old.files.get(key);
        if (file != null) {
            put(key, file);
        }
        return file;
    }

    void put(String key, KeptFile file) {
        if (!keeps(file.weight())) {
            remove(key);
            return;
        }
        Generation current = young;
        KeptFile before = current.files.put(key, file);
        long change = file.weight() - (before == null ? 0 : before.weight());
        if (current.bytes.addAndGet(change) > generationBytes) {
            age(current);
        }
    }

    private void age(Generation full) {
        ageing.lock();
        try {
            if (young == full) {
                old = full;
                young = new Generation();
            }
        } finally {
            ageing.unlock();
        }
    }

    void remove(String key) {
        remove(young, key);
        remove(old, key);
    }

    private static void remove(Generation generation, String key) {
        KeptFile removed = generation.files.remove(key);
        if (removed != null) {
            generation.bytes.addAndGet(-removed.weight());
        }
    }

    /** Returns what all files take that are kept, in bytes. */
    long weight() {
        return young.bytes.get() + old.bytes.get();
    }
}
