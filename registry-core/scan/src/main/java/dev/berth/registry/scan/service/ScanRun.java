package dev.berth.registry.scan.service;

import dev.berth.registry.scan.report.ScanReportJson;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.service.ImageRecord.Request;
import dev.berth.registry.scan.service.ImageRecord.State;
import dev.berth.registry.scan.service.ScanQueue.Taken;
import dev.berth.registry.scan.service.ScanStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try to scan an image that this node has taken: first it is scanned, then what came out is kept. If the store fails then,
 * that is repeated, so that a long scan is not for nothing. Thread-safe.
 */
final class ScanRun {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);

    private static final int LARGEST_REPORT = 32 * 1024 * 1024;

    private final Taken.Mine taken;
    private final ScanStore store;
    private final ScanQueue queue;
    private final ScanSettings settings;
    private final InstantSource clock;
    private final Instant begun;
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Thread thread;
    private @Nullable Outcome outcome;
    private boolean kept;
    private boolean threadEnded;
    private boolean late;
    private boolean stopped;

    ScanRun(Taken.Mine taken, ScanStore store, ScanQueue queue, ScanSettings settings) {
        this.taken = taken;
        this.store = store;
        this.queue = queue;
        this.settings = settings;
        this.clock = settings.clock();
        this.begun = clock.instant();
    }

    ImageKey image() {
        return taken.image();
    }

    ScanStatus.Running status() {
        return new ScanStatus.Running(taken.image(), taken.ticket().priority(), begun);
    }

    /** Scans, and keeps what came out, in this thread. */
    void run(ImageScan scan) {
        try {
            scanAndKeep(scan);
        } finally {
            lock.lock();
            try {
                threadEnded = true;
            } finally {
                lock.unlock();
            }
        }
    }

    private void scanAndKeep(ImageScan scan) {
        lock.lock();
        try {
            if (stopped) {
                outcome = new Outcome.Stopped();
            } else if (!late) {
                thread = Thread.currentThread();
            }
        } finally {
            lock.unlock();
        }
        if (outcome() == null) {
            settings.listener().began(taken.image(), taken.ticket().priority());
            Outcome made = scan.scan(taken.image());
            lock.lock();
            try {
                thread = null;
                // What interrupts it comes before this, and must not interrupt what follows.
                boolean unused = Thread.interrupted();
                if (outcome == null) {
                    outcome = stopped && made instanceof Outcome.Failed ? new Outcome.Stopped() : made;
                }
            } finally {
                lock.unlock();
            }
        }
        keepOrLog();
    }

    private @Nullable Outcome outcome() {
        lock.lock();
        try {
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it if it has taken too long. A scanner that does not care for interrupts keeps its thread, but not the image. */
    void interruptIfLate() {
        lock.lock();
        try {
            if (late || outcome != null || !begun.plus(settings.timeLimit()).isBefore(clock.instant())) {
                return;
            }
            late = true;
            outcome = new Outcome.Failed(
                    "It took longer than " + settings.timeLimit().toSeconds() + " seconds, and was ended",
                    Optional.empty());
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        LOG.warn("The scan of {} took too long, and was ended", taken.image());
    }

    /** Ends it since the service is being closed. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether nothing is left to do, and no thread is at work on it. */
    boolean isOver() {
        lock.lock();
        try {
            return kept && threadEnded;
        } finally {
            lock.unlock();
        }
    }

    /** Never ran, since there was no thread for it. */
    void neverRan() {
        lock.lock();
        try {
            outcome = new Outcome.Stopped();
            threadEnded = true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what came out, if anything has and it is not kept yet. The next turn repeats that after a failure. */
    void keepOrLog() {
        try {
            keep();
        } catch (RuntimeException e) {
            LOG.warn("What a scan of {} has found could not be kept; this is tried again", taken.image(), e);
        }
    }

    private void keep() {
        lock.lock();
        try {
            Outcome result = outcome;
            if (result == null || kept) {
                return;
            }
            keep(result);
            kept = true;
        } finally {
            lock.unlock();
        }
    }

    private void keep(Outcome result) {
        Instant now = clock.instant();
        if (result instanceof Outcome.Reported reported) {
            keepReport(reported, now);
        } else if (result instanceof Outcome.Expanded index) {
            index.children()
                    .forEach(child -> queue.ask(
                            new ImageKey(taken.image().repository(), child),
                            taken.ticket().priority()));
            end(record -> record.withChildren(index.children())
                    .ended(State.INDEX, now, taken.claim().since(), ""));
        } else if (result instanceof Outcome.Unscannable unscannable) {
            tell(end(
                    record -> record.ended(State.UNSCANNABLE, now, taken.claim().since(), unscannable.reason())));
        } else if (result instanceof Outcome.Failed failed) {
            keepFailure(failed, now);
        } else if (result instanceof Outcome.Gone) {
            queue.forget(taken.image(), taken.claim());
        } else {
            // The try does not count.
            end(record -> record.with(record.request().map(request -> again(request, request.tries() - 1, now))));
        }
    }

    /** The report comes first: from then on it may be seen, and is true, whatever the record says. */
    private void keepReport(Outcome.Reported reported, Instant time) {
        byte[] report = ScanReportJson.write(reported.report());
        if (report.length > LARGEST_REPORT) {
            keepFailure(
                    new Outcome.Failed("Its report is larger than " + LARGEST_REPORT + " bytes", Optional.empty()),
                    time);
            return;
        }
        FirstFound before = store.firstFound(taken.image());
        FirstFound after = before.after(reported.report(), time);
        if (!after.equals(before)) {
            store.putFirstFound(taken.image(), after);
        }
        FoundNames found = FoundNames.of(reported.report());
        List<String> earlier = store.found().of(taken.image());
        store.found().put(taken.image(), found);
        List<String> earlierPackages =
                reported.packages().isPresent() ? store.packages().of(taken.image()) : List.of();
        reported.packages().ifPresent(packages -> store.packages().put(taken.image(), packages));
        store.putReport(taken.image(), report);
        Optional<ImageRecord> record = end(known -> known.withReport(found.hash())
                .ended(State.SCANNED, time, taken.claim().since(), ""));
        if (record.isPresent()) {
            dropOthers(store.found(), earlier, found);
            reported.packages().ifPresent(packages -> dropOthers(store.packages(), earlierPackages, packages));
            settings.listener()
                    .judged(
                            taken.image(),
                            new Verdict(Verdict.State.SCANNED, time, Optional.of(reported.report()), ""),
                            took());
        } else {
            Stored now = store.find(taken.image());
            if (now.record().isEmpty()) {
                // It was deleted meanwhile.
                store.forget(taken.image(), now);
            }
        }
    }

    private void dropOthers(NameLists lists, List<String> earlier, FoundNames present) {
        String name = lists.name(taken.image(), present.hash());
        lists.drop(earlier.stream().filter(other -> !other.equals(name)).toList());
    }

    private void keepFailure(Outcome.Failed failed, Instant now) {
        Optional<ImageRecord> record = end(before -> {
            Request request = before.request().orElseThrow();
            if (request.tries() >= settings.tries()) {
                return before.ended(State.FAILED, now, taken.claim().since(), failed.reason());
            }
            Duration wait = settings.retries().after(request.tries());
            Duration most =
                    failed.retryAfter().filter(said -> said.compareTo(wait) > 0).orElse(wait);
            return before.with(Optional.of(again(request, request.tries(), now.plus(most))));
        });
        if (record.isEmpty()) {
            return;
        }
        settings.listener().failed(taken.image(), failed.reason());
        if (record.get().request().isPresent()) {
            LOG.info("The scan of {} failed, and is tried again: {}", taken.image(), failed.reason());
        } else {
            LOG.warn("The scan of {} failed: {}", taken.image(), failed.reason());
            tell(record);
        }
    }

    private static Request again(Request request, int tries, Instant notBefore) {
        return new Request(request.ticket(), request.asked(), Math.max(0, tries), notBefore, Optional.empty());
    }

    private Optional<ImageRecord> end(ScanQueue.Change change) {
        return queue.end(taken.image(), taken.claim(), change);
    }

    private void tell(Optional<ImageRecord> record) {
        record.ifPresent(ended -> settings.listener()
                .judged(
                        taken.image(),
                        new Verdict(
                                Verdict.State.valueOf(ended.state().name()),
                                ended.since(),
                                Optional.empty(),
                                ended.reason()),
                        took()));
    }

    private Duration took() {
        return Duration.between(begun, clock.instant());
    }
}
