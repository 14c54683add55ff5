package dev.berth.registry.mirror.replication;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.SignatureTags;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of all that a rule is about: what the source has, and what both sides have had. It goes on where it was after
 * a pause. One thread runs it, and has others help.
 */
final class Comparison {
    /** So few deletions are never too many. */
    private static final int FEW_DELETIONS = 20;

    private static final int MOST_DELETIONS = 100_000;

    private final RuleRun run;
    private final AgreedTags agreed;
    private final TagSync sync;
    private final RuleReport report;
    private final Workers workers;
    private final Instant started;

    private @Nullable Deque<RepositoryName> repositories;
    private final Deque<Work> tags = new ArrayDeque<>();
    private final List<Work> deletions = new ArrayList<>();
    private Set<Tag> listed = Set.of();
    private volatile int of;
    private volatile int done;
    private int tagsCompared;
    private long known;
    private boolean failed;
    private Optional<String> problem = Optional.empty();

    Comparison(RuleRun run, AgreedTags agreed, TagSync sync, RuleReport report, Workers workers, Instant started) {
        this.run = run;
        this.agreed = agreed;
        this.sync = sync;
        this.report = report;
        this.workers = workers;
        this.started = started;
    }

    /** Goes on until it has ended, and returns {@code true}, or until there is a pause. */
    boolean goOn() {
        if (repositories == null) {
            Set<RepositoryName> found = repositories();
            of = found.size();
            repositories = new ArrayDeque<>(found);
        }
        while (run.mayGoOn()) {
            done = of - repositories.size() - (tags.isEmpty() ? 0 : 1);
            if (work()) {
                continue;
            }
            RepositoryName next = repositories.peek();
            if (next == null) {
                delete();
                return run.mayGoOn() && tags.isEmpty();
            }
            begin(next);
            repositories.remove();
        }
        return false;
    }

    private Set<RepositoryName> repositories() {
        Set<RepositoryName> found = new TreeSet<>();
        Optional<List<RepositoryName>> exact = run.rule().exactNames();
        Stream<RepositoryName> there = exact.isPresent() ? exact.get().stream() : run.catalogue();
        Stream.of(there, agreed.repositories().stream(), report.repositories().stream())
                .flatMap(names -> names)
                .filter(name -> run.rule().targetName(name).isPresent())
                .forEach(found::add);
        return found;
    }

    /** Finds the tags of a repository: images first, since signatures are carried over with what they are for. */
    private void begin(RepositoryName repository) {
        Site site = run.site(repository).orElseThrow();
        Set<Tag> there;
        try {
            there = listed(site);
            report.works(repository, Optional.empty());
        } catch (RegistryException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failed = true;
            run.repositoryFailed(repository, e);
            return;
        }
        Set<Tag> both = agreed.tags(repository);
        known += both.size();
        Set<Tag> all = new TreeSet<>(there);
        Stream.of(both, report.tags(repository))
                .flatMap(Collection::stream)
                .filter(sync::selects)
                .forEach(all::add);
        listed = there;
        for (boolean signatures : new boolean[] {false, true}) {
            all.stream()
                    .filter(tag -> SignatureTags.subject(tag).isPresent() == signatures)
                    .forEach(tag -> tags.add(new Work(repository, tag)));
        }
    }

    private Set<Tag> listed(Site site) {
        Set<Tag> there = new TreeSet<>();
        try {
            site.source().tags().list().stream().filter(sync::selects).forEach(there::add);
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.NAME_UNKNOWN) {
                throw e;
            }
        }
        return there;
    }

    /** Compares the tags that are left of a repository, and returns whether there were any. */
    private boolean work() {
        if (tags.isEmpty()) {
            return false;
        }
        workers.run(this::step);
        return true;
    }

    private boolean step() {
        Work work;
        synchronized (tags) {
            work = tags.peek();
            if (work == null || !run.mayGoOn()) {
                return false;
            }
            tags.remove();
            tagsCompared++;
        }
        boolean maybeDeleted = work.what() instanceof Tag tag && run.rule().deletions() && !listed.contains(tag);
        RuleRun.Attempt attempt = maybeDeleted ? run.lookForDeletion(work) : run.attempt(work, true);
        synchronized (tags) {
            failed |= attempt == RuleRun.Attempt.FAILED;
            if (attempt == RuleRun.Attempt.TO_BE_DELETED && deletions.size() < MOST_DELETIONS) {
                deletions.add(work);
            }
        }
        return true;
    }

    private void delete() {
        if (deletions.size() > FEW_DELETIONS
                && deletions.size() * 100L > known * run.rule().mostDeleted()) {
            failed = true;
            problem = Optional.of("Of " + known + " tags that both registries have had, " + deletions.size()
                    + " are gone at the source; none of them was deleted, since the source may have lost its storage, or"
                    + " show less to this account: if they were deleted, raise mostDeleted of the rule");
            return;
        }
        while (!deletions.isEmpty() && run.mayGoOn()) {
            Work work = deletions.remove(deletions.size() - 1);
            failed |= run.attempt(work, false) == RuleRun.Attempt.FAILED;
        }
    }

    ReplicationStatus.Progress progress() {
        return new ReplicationStatus.Progress(started, done, of);
    }

    Optional<String> problem() {
        return problem;
    }

    ReplicationStatus.Comparison result(Instant ended) {
        return new ReplicationStatus.Comparison(started, ended, of, tagsCompared, !failed);
    }
}
