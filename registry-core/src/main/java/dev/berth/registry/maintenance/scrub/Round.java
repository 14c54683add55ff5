package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A round while this process works on it: counts, keeps what is found, and writes from time to time how far it is. */
final class Round implements Findings {
    private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);

    /** How often the record is written. Much shorter than {@link RoundStore#DEAD}. */
    private static final long BEAT = Duration.ofSeconds(20).toNanos();

    private static final long PROGRESS = Duration.ofSeconds(2).toNanos();

    private final RoundStore store;
    private final ScrubOptions options;
    private final BooleanSupplier stopped;
    private final Mark.Owner owner;
    private final List<ScrubFinding> findings;
    private final Instant begun;
    private ObjectVersion version;
    private RoundRecord.Phase phase;
    private String after;
    private long links;
    private long blobs;
    private long bytes;
    private long problems;
    private long written;
    private long told;

    Round(RoundStore store, RoundStore.Versioned claimed, ScrubOptions options, BooleanSupplier stopped) {
        this.store = store;
        this.options = options;
        this.stopped = stopped;
        RoundRecord round = claimed.round();
        this.owner = round.owner();
        this.version = claimed.version();
        this.phase = round.phase();
        this.after = round.after();
        this.begun = round.report().begun();
        this.links = round.report().links();
        this.blobs = round.report().blobs();
        this.bytes = round.report().bytes();
        this.problems = round.report().problems();
        this.findings = new ArrayList<>(round.report().findings());
        this.written = options.nanoTime().getAsLong();
        this.told = written;
    }

    RoundRecord.Phase phase() {
        return phase;
    }

    String after() {
        return after;
    }

    /** Is called between two objects, and while one is read. */
    void step() throws IOException {
        if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new StoppedException(false);
        }
        long now = options.nanoTime().getAsLong();
        if (now - told >= PROGRESS) {
            told = now;
            options.listener().onProgress(report(Optional.empty(), false));
        }
        if (now - written >= BEAT) {
            save();
        }
    }

    /** Notes that everything up to this key was checked. */
    void passed(String key) throws IOException {
        after = key;
        step();
    }

    void countLink() {
        links++;
    }

    @Override
    public void hashed(long size) {
        blobs++;
        bytes += size;
    }

    void beginData() throws IOException {
        phase = RoundRecord.Phase.DATA;
        after = "";
        save();
    }

    @Override
    public void add(ScrubFinding finding) throws IOException {
        // It is found once more where a process has died right after it was found.
        boolean known = findings.stream()
                .anyMatch(other -> other.problem() == finding.problem()
                        && other.key().equals(finding.key())
                        && other.digest().equals(finding.digest()));
        if (known) {
            return;
        }
        problems++;
        LOG.error("{}", finding);
        if (findings.size() < ScrubReport.MOST_FINDINGS) {
            findings.add(finding);
            save();
        }
        options.listener().onFinding(finding);
    }

    @Override
    public boolean isKnown(Digest data) {
        return findings.stream()
                .anyMatch(finding -> finding.problem() == ScrubProblem.DAMAGED_DATA
                        && finding.digest().equals(Optional.of(data)));
    }

    private RoundRecord record(Instant beat, Optional<Instant> finished) {
        return new RoundRecord(owner, beat, phase, after, report(finished, false));
    }

    ScrubReport report(Optional<Instant> finished, boolean elsewhere) {
        return new ScrubReport(begun, finished, elsewhere, links, blobs, bytes, problems, findings);
    }

    private void save() throws IOException {
        write(record(options.clock().instant(), Optional.empty()));
    }

    private void write(RoundRecord round) throws IOException {
        written = options.nanoTime().getAsLong();
        try {
            version = store.update(round, version)
                    .orElseThrow(() -> new StoppedException(true))
                    .version();
        } catch (StorageFullException e) {
            // The scrub goes on, and frees what is damaged. Only a process that dies begins further back.
            LOG.debug("There is no room to note how far the scrub is", e);
        }
    }

    /** Notes that nobody works on the round any more. */
    void release() throws IOException {
        write(record(Instant.EPOCH, Optional.empty()));
    }

    ScrubReport finish() throws IOException {
        Instant now = options.clock().instant();
        store.finish(record(now, Optional.of(now)), version);
        return report(Optional.of(now), false);
    }
}
