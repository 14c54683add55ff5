package dev.berth.registry.scan.service;

import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers since when findings of images are known, so that a report with many of them is one read. Thread-safe. */
final class FirstFoundTimes {
    private static final int CAPACITY = 1_000;

    private final ScanStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Scan, FirstFound> known = new RecentlyUsed<>(CAPACITY);

    /** Of each scan it is what was known at its end. */
    private record Scan(ImageKey image, Instant at) {}

    FirstFoundTimes(ScanStore store) {
        this.store = store;
    }

    Optional<Instant> of(ImageKey image, ScanReport report, Finding finding) {
        Scan scan = new Scan(image, report.scannedAt());
        FirstFound times;
        lock.lock();
        try {
            times = known.get(scan);
        } finally {
            lock.unlock();
        }
        if (times == null) {
            times = store.firstFound(image);
            lock.lock();
            try {
                known.put(scan, times);
            } finally {
                lock.unlock();
            }
        }
        return times.of(finding);
    }
}
