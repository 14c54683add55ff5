package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records that may not be written, as bytes in memory: those that were asked for last. What falls out is made again when it is
 * asked for. Thread-safe.
 */
final class UnwrittenRecords {
    private static final long MOST_BYTES = 16L << 20;

    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RepositoryName, byte[]> records = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    UnwrittenRecords() {
        this(MOST_BYTES);
    }

    UnwrittenRecords(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    Optional<RepositoryRecord> find(RepositoryName name) {
        lock.lock();
        try {
            return Optional.ofNullable(records.get(name)).flatMap(record -> RecordJson.read(name, record));
        } finally {
            lock.unlock();
        }
    }

    void put(RepositoryRecord repository) {
        byte[] record = RecordJson.write(repository);
        lock.lock();
        try {
            byte[] old = records.put(repository.name(), record);
            bytes += record.length - (old == null ? 0 : old.length);
            Iterator<byte[]> oldest = records.values().iterator();
            while (bytes > mostBytes && oldest.hasNext()) {
                bytes -= oldest.next().length;
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
