package dev.berth.registry.scan.service;

import dev.berth.registry.RegistryException;
import dev.berth.registry.scan.service.ScanQueue.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits in the queue, as much as this node scans at the same time, and looks after it. One thread takes turns.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);

    /** What another node puts into the queue is seen after this time. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** More tickets that wait for their time are read again and again instead of remembered. */
    private static final int MOST_REMEMBERED = 100_000;

    private final ScanStore store;
    private final ScanQueue queue;
    private final Nodes nodes;
    private final ImageScan scan;
    private final ScanSettings settings;
    private final Runnable wake;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ImageKey, ScanRun> running = new LinkedHashMap<>();
    /** Of one thread. */
    private final Map<Ticket, Instant> later = new HashMap<>();

    private volatile Optional<String> problem = Optional.empty();
    private volatile boolean closed;

    Dispatcher(ScanStore store, ScanQueue queue, Nodes nodes, ImageScan scan, ScanSettings settings, Runnable wake) {
        this.store = store;
        this.queue = queue;
        this.nodes = nodes;
        this.scan = scan;
        this.settings = settings;
        this.wake = wake;
    }

    /** Does what can be done now, and returns after which time there may be more. */
    Duration turn() {
        List<ScanRun> runs = runs();
        runs.forEach(ScanRun::interruptIfLate);
        runs.forEach(ScanRun::keepOrLog);
        dropEnded();
        try {
            if (nodes.keep() && !closed) {
                take();
            }
            problem = Optional.empty();
        } catch (RegistryException e) {
            problem = Optional.of(e.errors().get(0).message());
            LOG.debug("The queue of scans cannot be worked on", e);
        }
        return LOOK.compareTo(nodes.interval()) < 0 ? LOOK : nodes.interval();
    }

    private void take() {
        Set<Ticket> seen = new HashSet<>();
        Instant now = settings.clock().instant();
        for (ScanPriority priority : ScanPriority.values()) {
            store.tickets(priority, ticket -> {
                if (isFull() || closed) {
                    return false;
                }
                seen.add(ticket);
                Instant when = later.get(ticket);
                if (when == null || !when.isAfter(now)) {
                    consider(ticket);
                }
                return true;
            });
            if (isFull()) {
                // The rest was not looked at.
                return;
            }
        }
        later.keySet().retainAll(seen);
    }

    private void consider(Ticket ticket) {
        Taken taken = queue.take(ticket, this::isRunning);
        later.remove(ticket);
        if (taken instanceof Taken.Later waits && later.size() < MOST_REMEMBERED) {
            later.put(ticket, waits.when());
        } else if (taken instanceof Taken.Mine mine) {
            begin(new ScanRun(mine, store, queue, settings));
        }
    }

    private void begin(ScanRun run) {
        lock.lock();
        try {
            running.put(run.image(), run);
        } finally {
            lock.unlock();
        }
        try {
            settings.executor().execute(() -> {
                run.run(scan);
                dropEnded();
                wake.run();
            });
        } catch (RejectedExecutionException e) {
            run.neverRan();
            run.keepOrLog();
            dropEnded();
        }
    }

    private boolean isRunning(ImageKey image) {
        lock.lock();
        try {
            return running.containsKey(image);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        lock.lock();
        try {
            return running.size() >= settings.parallelism();
        } finally {
            lock.unlock();
        }
    }

    private void dropEnded() {
        lock.lock();
        try {
            running.values().removeIf(ScanRun::isOver);
        } finally {
            lock.unlock();
        }
    }

    private List<ScanRun> runs() {
        lock.lock();
        try {
            return new ArrayList<>(running.values());
        } finally {
            lock.unlock();
        }
    }

    /** Returns what runs, in the order in which it began. */
    List<ScanStatus.Running> running() {
        return runs().stream().map(ScanRun::status).toList();
    }

    Optional<String> problem() {
        return problem;
    }

    /** Ends what runs, so that another node, or the next start, begins it again. */
    void close() {
        closed = true;
        runs().forEach(ScanRun::stop);
    }
}
