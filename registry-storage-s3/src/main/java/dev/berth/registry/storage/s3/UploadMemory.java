package dev.berth.registry.storage.s3;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this process remembers of uploads that it has appended to: the state, so that it need not be read, and the bytes
 * of the part that is not full yet, so that they need not be read back. Nothing but speed depends on it: the state is
 * replaced only if it still is what is remembered. The least recently used ones are forgotten. Thread-safe.
 */
final class UploadMemory {
    private static final int MOST = 1000;

    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Memory> memories = new LinkedHashMap<>();
    private long bytes;

    UploadMemory(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * What is remembered of one upload. Whoever has taken it is the only one to go on with this writer's chunks.
     *
     * @param writer the name that this process writes chunks under
     * @param tail what is behind the last full part, if it is remembered
     */
    record Memory(UploadStates.Known known, String writer, Optional<PartBuffer> tail) {
        static Memory of(UploadStates.Known known) {
            return new Memory(known, UUID.randomUUID().toString(), Optional.empty());
        }

        long bytes() {
            return tail.map(PartBuffer::capacity).orElse(0);
        }
    }

    /** Takes out what is remembered: nobody else can use it meanwhile. */
    Optional<Memory> take(String staging) {
        lock.lock();
        try {
            Optional<Memory> memory = Optional.ofNullable(memories.remove(staging));
            memory.ifPresent(taken -> bytes -= taken.bytes());
            return memory;
        } finally {
            lock.unlock();
        }
    }

    void keep(String staging, Memory memory) {
        lock.lock();
        try {
            forget(staging);
            memories.put(staging, memory);
            bytes += memory.bytes();
            Iterator<Memory> oldest = memories.values().iterator();
            while (memories.size() > MOST || bytes > mostBytes) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Remembers a state that was just read or written, unless more is known of this upload. */
    void offer(String staging, UploadStates.Known known) {
        lock.lock();
        try {
            if (!memories.containsKey(staging) && known.state().target().isEmpty()) {
                keep(staging, Memory.of(known));
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(String staging) {
        take(staging);
    }
}
