package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.StorageBusyException;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes data, and moves it aside if it does not have its digest.
 *
 * <p>Data is deleted only in the version that was read twice and had a wrong digest both times. A push that replaces it
 * meanwhile makes another version, which stays. So nothing is deleted that anybody may rely on: whoever relies on the data
 * that is deleted relies on bytes that are lost already, and is told from now on to push them again.
 */
final class DataCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DataCheck.class);

    /** How often data is read again that somebody replaces. */
    private static final int ATTEMPTS = 3;

    private final ObjectStore store;
    private final Quarantine quarantine;
    private final InstantSource clock;
    private final Pace pace;
    private final AffectedSearch affected;
    private final Findings findings;

    DataCheck(ObjectStore store, InstantSource clock, Pace pace, AffectedSearch affected, Findings findings) {
        this.store = store;
        this.quarantine = Quarantine.of(store);
        this.clock = clock;
        this.pace = pace;
        this.affected = affected;
        this.findings = findings;
    }

    /** What has become of damaged data. */
    private enum Outcome {
        /** It is not damaged, or it is gone. */
        FINE,
        /** Somebody has replaced it. */
        REPLACED,
        /** It was deleted. */
        GONE
    }

    /**
     * Checks data.
     *
     * @return whether it has its digest, or does not exist
     */
    boolean check(Digest digest) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Outcome outcome;
            try {
                if (isIntact(digest)) {
                    return true;
                }
                outcome = moveAside(digest);
            } catch (PacedStream.UnreadableException e) {
                return unreadable(digest, e);
            }
            if (outcome != Outcome.REPLACED) {
                return outcome == Outcome.FINE;
            }
        }
        LOG.info("{} is being replaced all the time; the next round looks at it again", digest);
        return true;
    }

    /** Returns whether data has this digest, which may be another one than it is stored under; or does not exist. */
    boolean isIntact(Digest data, Digest digest) throws IOException {
        Optional<ObjectContent> found = open(data);
        if (found.isEmpty()) {
            return true;
        }
        try (ObjectContent content = found.get()) {
            return new PacedStream(content.stream(), digest, pace).isIntact();
        }
    }

    private boolean isIntact(Digest digest) throws IOException {
        pace.question();
        Optional<ObjectContent> found = open(digest);
        if (found.isEmpty()) {
            return true;
        }
        try (ObjectContent content = found.get()) {
            boolean intact = new PacedStream(content.stream(), digest, pace).isIntact();
            findings.hashed(content.stat().size());
            return intact;
        }
    }

    private Optional<ObjectContent> open(Digest digest) throws IOException {
        try {
            return store.openStored(Keys.data(digest));
        } catch (IOException e) {
            throw new PacedStream.UnreadableException(e);
        }
    }

    /** Reads the data again while it is copied: a single wrong read may be a fault of the memory, or of the line. */
    private Outcome moveAside(Digest digest) throws IOException {
        ObjectKey key = Keys.data(digest);
        Optional<ObjectContent> found = open(digest);
        if (found.isEmpty()) {
            return Outcome.FINE;
        }
        ObjectStat stat;
        Optional<ObjectKey> copy = Optional.empty();
        try (ObjectContent content = found.get()) {
            stat = content.stat();
            if (stat.size() > 0) {
                copy = Optional.of(quarantine.copy(
                        digest, stat, new PacedStream(content.stream(), digest, pace), clock.instant()));
            }
        } catch (PacedStream.IntactException e) {
            LOG.warn("{} had a wrong digest when it was read first, and has the right one now", digest);
            return Outcome.FINE;
        } catch (StorageFullException e) {
            return deleteWithoutCopy(digest);
        }
        // Looked for before the data is deleted, since some of it is found through the data.
        ScrubFinding finding = damaged(digest, stat, copy);
        if (!store.deleteIfUnchanged(key, stat.version())) {
            if (copy.isPresent()) {
                store.delete(copy.get());
            }
            return Outcome.REPLACED;
        }
        report(finding);
        return Outcome.GONE;
    }

    /** There is no room for a copy. That the content can be pushed again is worth more than the damaged bytes. */
    private Outcome deleteWithoutCopy(Digest digest) throws IOException {
        Optional<ObjectContent> found = open(digest);
        if (found.isEmpty()) {
            return Outcome.FINE;
        }
        ObjectStat stat;
        try (ObjectContent content = found.get()) {
            stat = content.stat();
            if (new PacedStream(content.stream(), digest, pace).isIntact()) {
                return Outcome.FINE;
            }
        }
        ScrubFinding finding = damaged(digest, stat, Optional.empty());
        if (!store.deleteIfUnchanged(Keys.data(digest), stat.version())) {
            return Outcome.REPLACED;
        }
        report(finding);
        return Outcome.GONE;
    }

    private ScrubFinding damaged(Digest digest, ObjectStat stat, Optional<ObjectKey> copy) throws IOException {
        boolean empty = stat.size() == 0;
        String state = empty
                ? "has no bytes left"
                : "does not have its digest: its " + stat.size() + " bytes were changed in the storage";
        String kept = empty || copy.isPresent() ? "" : ", and was removed, since there is no room to keep it";
        return new ScrubFinding(
                empty ? ScrubProblem.EMPTY_DATA : ScrubProblem.DAMAGED_DATA,
                Keys.data(digest),
                Optional.of(digest),
                "The data of " + digest + " " + state + kept + ". It counts as missing; push it again.",
                affected.by(digest),
                copy);
    }

    /** What is empty, and known or needed by nobody, is what a store leaves that cannot delete conditionally. */
    private void report(ScrubFinding finding) throws IOException {
        boolean remains = finding.problem() == ScrubProblem.EMPTY_DATA
                && (finding.affected().isEmpty()
                        || findings.isKnown(finding.digest().orElseThrow()));
        if (!remains) {
            findings.add(finding);
        }
    }

    private boolean unreadable(Digest digest, PacedStream.UnreadableException e) throws IOException {
        // If nothing works, the run ends, and the next one goes on here.
        if (Thread.currentThread().isInterrupted()) {
            throw new StoppedException(false);
        }
        if (e.getCause() instanceof StorageBusyException busy) {
            throw busy;
        }
        store.checkHealth();
        findings.add(new ScrubFinding(
                ScrubProblem.UNREADABLE_DATA,
                Keys.data(digest),
                Optional.of(digest),
                "The data of " + digest + " could not be read, and was left where it is: " + e.getMessage() + ".",
                affected.by(digest),
                Optional.empty()));
        return false;
    }
}
