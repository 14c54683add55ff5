package dev.berth.registry.mirror.replication;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.copy.RepositoryLocation;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one node does for a rule: it takes changes that it is told of, carries them over, and compares. Threads call its parts,
 * or a test calls all of them in turn.
 */
final class RuleRun {
    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
    private static final Set<EventType> CHANGES =
            Set.of(EventType.MANIFEST_PUSHED, EventType.MANIFEST_DELETED, EventType.TAG_SET, EventType.TAG_DELETED);

    /** What fails for a reason of its own is tried so often between two comparisons: it may have changed meanwhile. */
    private static final int OWN_ATTEMPTS = 3;

    private static final int LONGEST_REASON = 500;

    private final ReplicationRule rule;
    private final Registry source;
    private final Registry target;
    private final ReplicationSettings settings;
    private final InstantSource clock;
    private final Pending pending;
    private final RuleReport report;
    private final TagSync sync;
    private final Pause pause;
    private final ComparisonTurns turns;
    private int carrying;
    private volatile Runnable wakeUp = () -> {};
    private volatile boolean closed;

    RuleRun(ReplicationRule rule, Registry source, Registry target, ImageCopier copier, ReplicationSettings settings) {
        this.rule = rule;
        this.source = source;
        this.target = target;
        this.settings = settings;
        this.clock = settings.clock();
        this.pending = new Pending(settings.capacity());
        this.report = new RuleReport(rule.name(), settings.listener());
        AgreedTags agreed = new AgreedTags(settings.store(), rule.name());
        this.sync = new TagSync(rule, agreed, new TagCopy(rule, copier), report, settings.settle(), clock);
        this.pause = new Pause(settings.retries(), clock);
        this.turns = new ComparisonTurns(this, agreed, sync, report, pause, settings);
    }

    /** How one attempt went. */
    enum Attempt {
        DONE,
        FAILED,
        /** Somebody else has it, and looks again when it is done. */
        BUSY,
        /** It is gone at the source, and would be deleted at the target. */
        TO_BE_DELETED
    }

    ReplicationRule rule() {
        return rule;
    }

    /** Sets who is told when there is something to do. */
    void onWork(Runnable newWakeUp) {
        this.wakeUp = newWakeUp;
    }

    ComparisonTurns turns() {
        return turns;
    }

    Optional<Site> site(RepositoryName repository) {
        return rule.targetName(repository)
                .map(name ->
                        new Site(new RepositoryLocation(source, repository), new RepositoryLocation(target, name)));
    }

    /** Lists the repositories of the source. */
    Stream<RepositoryName> catalogue() {
        return source.repositories().stream();
    }

    boolean mayGoOn() {
        return !closed && pause.end().isEmpty() && !Thread.currentThread().isInterrupted();
    }

    // What has changed.

    /** Takes a change of the source. Does no I/O. */
    void changed(RegistryEvent event) {
        if (closed
                || !CHANGES.contains(event.type())
                || rule.targetName(event.repository()).isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        boolean added = false;
        for (Tag tag : event.tags()) {
            if (sync.selects(tag)) {
                pending.add(new Work(event.repository(), tag), now);
                added = true;
            }
        }
        Optional<Digest> digest = event.digest();
        if (event.type().equals(EventType.MANIFEST_PUSHED)
                && event.tags().isEmpty()
                && rule.referrers()
                && digest.isPresent()) {
            pending.add(new Work(event.repository(), digest.get()), now);
            added = true;
        }
        if (added) {
            wakeUp.run();
        }
    }

    /** Has threads carry over what is due, and returns for how long there is nothing else to do. */
    Duration start() {
        turns.keep();
        Optional<Instant> paused = pause.end();
        Instant now = clock.instant();
        Optional<Instant> due = pending.nextDue();
        while (paused.isEmpty() && due.isPresent() && !due.get().isAfter(now) && begin()) {
            try {
                settings.executor().execute(this::carry);
            } catch (RejectedExecutionException e) {
                end();
                break;
            }
            due = pending.nextDue();
        }
        Duration longest = settings.lease().dividedBy(3);
        Duration wait = paused.or(() -> due(now))
                .map(then -> Duration.between(now, then))
                .orElse(longest);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** Returns when to look again: not at once, since whoever is carrying takes what is due now. */
    private Optional<Instant> due(Instant now) {
        return pending.nextDue().filter(then -> then.isAfter(now));
    }

    private synchronized boolean begin() {
        if (closed || carrying >= settings.parallelism()) {
            return false;
        }
        carrying++;
        return true;
    }

    private synchronized void end() {
        carrying--;
        notifyAll();
    }

    private void carry() {
        try {
            carryAll();
        } finally {
            end();
            // Something may have come after the last look.
            wakeUp.run();
        }
    }

    /** Carries over what is due, in this thread. */
    void carryAll() {
        while (mayGoOn()) {
            Optional<Work> work = pending.take(clock.instant());
            if (work.isEmpty()) {
                return;
            }
            Attempt unused = attemptTaken(work.get(), false);
        }
    }

    /** Looks at something, unless somebody else does. */
    Attempt attempt(Work work, boolean thorough) {
        return pending.claim(work) ? attemptTaken(work, thorough) : Attempt.BUSY;
    }

    /** Looks at a tag that the source does not list, and does all that is to be done but deleting it. */
    Attempt lookForDeletion(Work work) {
        if (!pending.claim(work)) {
            return Attempt.BUSY;
        }
        try {
            if (work.what() instanceof Tag tag
                    && sync.wouldDelete(site(work.repository()).orElseThrow(), tag)) {
                pending.done(work, clock.instant());
                return Attempt.TO_BE_DELETED;
            }
        } catch (RegistryException e) {
            return failed(work, e);
        }
        return attemptTaken(work, true);
    }

    private Attempt attemptTaken(Work work, boolean thorough) {
        try {
            TagSync.Result result = look(work, thorough);
            Instant now = clock.instant();
            switch (result.kind()) {
                case DONE -> pending.done(work, now);
                case CHANGED ->
                    pending.retry(work, now, now.plus(settings.retries().after(pending.attempts(work) + 1)));
                case LATER -> pending.retry(work, now, result.again().orElse(now));
            }
            report.works(work.repository(), Optional.of(work));
            pause.succeeded();
            if (result.kind() != TagSync.Result.Kind.DONE) {
                wakeUp.run();
            }
            return Attempt.DONE;
        } catch (RegistryException e) {
            return failed(work, e);
        } catch (RuntimeException e) {
            LOG.error("The replication {} failed with {}; it goes on", rule.name(), work, e);
            return failed(
                    work,
                    RegistryException.of(
                            ErrorCode.REQUEST_INVALID,
                            "It failed with " + e.getClass().getName() + ", which the log has"));
        }
    }

    private TagSync.Result look(Work work, boolean thorough) {
        Optional<Site> site = site(work.repository());
        if (site.isPresent()) {
            ManifestSelector what = work.what();
            if (what instanceof Tag tag) {
                return sync.sync(site.get(), tag, thorough);
            }
            if (what instanceof Digest digest) {
                sync.syncReferrer(site.get(), digest);
            }
        }
        return TagSync.Result.DONE;
    }

    private Attempt failed(Work work, RegistryException e) {
        Instant now = clock.instant();
        int attempts = pending.attempts(work) + 1;
        if (closed || Thread.currentThread().isInterrupted()) {
            pending.retry(work, now, now);
            return Attempt.FAILED;
        }
        boolean ofAll = Pause.isOfAll(e);
        if (ofAll) {
            pause.begin(e);
        }
        Optional<Instant> again = Optional.empty();
        if (ofAll || attempts < OWN_ATTEMPTS) {
            Duration wait = settings.retries().after(attempts);
            Duration told = e.retryAfter().orElse(Duration.ZERO);
            again = Optional.of(now.plus(wait.compareTo(told) < 0 ? told : wait));
            pending.retry(work, now, again.get());
            wakeUp.run();
        } else {
            pending.done(work, now);
        }
        report.failed(
                new ReplicationFailure(work.repository(), Optional.of(work.what()), reason(e), now, attempts, again));
        return Attempt.FAILED;
    }

    /** A repository could not be compared. */
    void repositoryFailed(RepositoryName repository, RegistryException e) {
        if (Pause.isOfAll(e)) {
            pause.begin(e);
        }
        report.failed(
                new ReplicationFailure(repository, Optional.empty(), reason(e), clock.instant(), 1, Optional.empty()));
    }

    static String reason(RegistryException e) {
        String message = String.valueOf(e.getMessage());
        return message.length() <= LONGEST_REASON ? message : message.substring(0, LONGEST_REASON) + "…";
    }

    // Comparison, and the rest.

    boolean hasOverflown() {
        return pending.hasOverflown();
    }

    boolean takeOverflow() {
        return pending.takeOverflow();
    }

    ReplicationStatus status() {
        return new ReplicationStatus(
                rule.name(),
                rule.direction(),
                turns.last(),
                turns.progress(),
                pending.size(),
                pending.oldest(),
                pause.end(),
                report.carriedTags(),
                report.deletedTags(),
                report.bytes(),
                report.failing(),
                report.failures(),
                report.differing(),
                report.differences(),
                pause.reason().or(turns::problem));
    }

    /** Ends what is in progress as soon as it can be. */
    void stop() {
        closed = true;
    }

    /** Waits until nothing is carried over any more, at most so long. */
    synchronized boolean awaitEnd(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (carrying > 0) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
