package dev.berth.registry.storage.s3;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A cache of the uploads that this process has appended to: the state, and the bytes of the part that is not full yet,
 * so that neither need be read back. It affects speed only: a state is replaced only if it is still the cached one.
 * Evicts the least recently used entries. Thread-safe.
 */
final class UploadCache {
    private static final int MOST = 1000;

    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    UploadCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * The cached data of one upload. Only the caller that has taken it continues the chunks of this writer.
     *
     * @param writer the name that this process writes chunks under
     * @param tail the bytes after the last full part, if they are cached
     */
    record Entry(UploadStates.VersionedState known, String writer, Optional<PartBuffer> tail) {
        static Entry of(UploadStates.VersionedState known) {
            return new Entry(known, UUID.randomUUID().toString(), Optional.empty());
        }

        long bytes() {
            return tail.map(PartBuffer::capacity).orElse(0);
        }
    }

    /** Removes and returns the cached entry, so that only one caller uses it. */
    Optional<Entry> take(String staging) {
        lock.lock();
        try {
            Optional<Entry> entry = Optional.ofNullable(entries.remove(staging));
            entry.ifPresent(taken -> bytes -= taken.bytes());
            return entry;
        } finally {
            lock.unlock();
        }
    }

    void keep(String staging, Entry entry) {
        lock.lock();
        try {
            forget(staging);
            entries.put(staging, entry);
            bytes += entry.bytes();
            Iterator<Entry> oldest = entries.values().iterator();
            while (entries.size() > MOST || bytes > mostBytes) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Remembers a state that was just read or written, unless more is known of this upload. */
    void offer(String staging, UploadStates.VersionedState known) {
        lock.lock();
        try {
            if (!entries.containsKey(staging) && known.state().target().isEmpty()) {
                keep(staging, Entry.of(known));
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(String staging) {
        take(staging);
    }
}
