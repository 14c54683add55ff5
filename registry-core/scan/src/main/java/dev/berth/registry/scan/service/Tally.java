package dev.berth.registry.scan.service;

import dev.berth.registry.scan.report.Verdict;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what this node has done, and lets the index know. */
final class Tally implements ScanListener {
    private final FoundIndex found;
    private final FoundIndex packages;
    private final LongAdder scanned = new LongAdder();
    private final LongAdder failed = new LongAdder();

    Tally(FoundIndex found, FoundIndex packages) {
        this.found = found;
        this.packages = packages;
    }

    @Override
    public void failed(ImageKey image, String reason) {
        failed.increment();
    }

    @Override
    public void judged(ImageKey image, Verdict verdict, Duration took) {
        if (verdict.state() == Verdict.State.SCANNED) {
            scanned.increment();
        }
        found.changed();
        packages.changed();
    }

    long scanned() {
        return scanned.sum();
    }

    long failed() {
        return failed.sum();
    }
}
