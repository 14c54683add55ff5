package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.UnscannableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A scanner that finds what a test says, and writes down what it scanned. */
final class TestScanner implements Scanner {
    /** What a test does instead of, or before, a scan. */
    interface Act {
        void run(Repository repository, Manifest image) throws UnscannableException;
    }

    final List<Digest> scanned = Collections.synchronizedList(new ArrayList<>());
    final Map<Digest, List<Finding>> findings = new HashMap<>();
    volatile Act act = (repository, image) -> {};
    private final InstantSource clock;

    TestScanner(InstantSource clock) {
        this.clock = clock;
    }

    static Finding finding(String id, Severity severity, String packageName, String... aliases) {
        return new Finding(
                id,
                List.of(aliases),
                packageName,
                "1.0",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("1.1"),
                severity,
                Optional.empty(),
                "What it is",
                List.of());
    }

    @Override
    public String name() {
        return "Test 1";
    }

    @Override
    public ScanReport scan(Repository repository, Manifest image) throws UnscannableException {
        scanned.add(image.digest());
        act.run(repository, image);
        return new ScanReport(
                image.digest(),
                name(),
                clock.instant(),
                Optional.empty(),
                findings.getOrDefault(image.digest(), List.of()),
                List.of());
    }

    long times(Digest image) {
        return scanned.stream().filter(image::equals).count();
    }
}
