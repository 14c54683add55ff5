package dev.berth.registry.metrics;

import dev.berth.registry.maintenance.scrub.ScrubFinding;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import java.util.Locale;

/** Counts what a scrub finds, and shows how far it is. */
final class ScrubCounters {
    private final Labelled<Counter> findings;
    private final Gauge blobs;
    private final Gauge bytes;
    private final Gauge links;

    ScrubCounters(Metrics metrics) {
        this.findings =
                metrics.counters("registry_scrub_findings_total", "Problems that a scrub has found.", "problem");
        this.blobs = metrics.gauge(
                "registry_scrub_checked_blobs", "Blobs and manifests that this round of the scrub has hashed so far.");
        this.bytes =
                metrics.gauge("registry_scrub_checked_bytes", "Bytes that this round of the scrub has hashed so far.");
        this.links =
                metrics.gauge("registry_scrub_checked_links", "Links that this round of the scrub has checked so far.");
    }

    ScrubListener before(ScrubListener next) {
        return new ScrubListener() {
            @Override
            public void onFinding(ScrubFinding finding) {
                findings.with(finding.problem().name().toLowerCase(Locale.ROOT)).increment();
                next.onFinding(finding);
            }

            @Override
            public void onProgress(ScrubReport soFar) {
                blobs.set(soFar.blobs());
                bytes.set(soFar.bytes());
                links.set(soFar.links());
                next.onProgress(soFar);
            }

            @Override
            public void onEnd() {
                next.onEnd();
            }
        };
    }
}
