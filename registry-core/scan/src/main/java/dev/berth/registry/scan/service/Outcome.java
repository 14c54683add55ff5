package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.report.ScanReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a try to scan something ended. */
sealed interface Outcome {

    /**
     * There is a report.
     *
     * @param packages what is in the image, if that is known
     */
    record Reported(ScanReport report, Optional<FoundNames> packages) implements Outcome {}

    /** It is an index. */
    record Expanded(List<Digest> children) implements Outcome {}

    /** There is nothing to scan, for good. */
    record Unscannable(String reason) implements Outcome {}

    /** Another try may succeed. */
    record Failed(String reason, Optional<Duration> retryAfter) implements Outcome {}

    /** The registry does not have it any more. */
    record Gone() implements Outcome {}

    /** The service is being closed. */
    record Stopped() implements Outcome {}
}
