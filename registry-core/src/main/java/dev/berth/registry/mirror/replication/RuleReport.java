package dev.berth.registry.mirror.replication;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is to tell of a rule: what was carried, what fails, what differs. Thread-safe; bounded. */
final class RuleReport {
    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);

    /** How much is remembered. What else fails or differs is met again by the next comparison. */
    private static final int MOST_KEPT = 10_000;

    private final String rule;
    private final ReplicationListener listener;
    private final Map<Work, ReplicationDifference> differences = new LinkedHashMap<>();
    private final Map<Failed, ReplicationFailure> failures = new LinkedHashMap<>();
    private long carried;
    private long deleted;
    private long bytes;

    RuleReport(String rule, ReplicationListener listener) {
        this.rule = rule;
        this.listener = listener;
    }

    /** @param work null for the repository as a whole */
    private record Failed(
            RepositoryName repository, @Nullable Work work) {}

    void carried(Work work, Tag tag, Digest digest, long moved) {
        synchronized (this) {
            carried++;
            bytes += moved;
        }
        tell(to -> to.carried(rule, work.repository(), tag, digest, moved));
    }

    void deleted(Work work, Tag tag) {
        synchronized (this) {
            deleted++;
        }
        tell(to -> to.deleted(rule, work.repository(), tag));
    }

    /** Notes that a tag is left as it is, and returns since when it is. */
    Instant differs(Work work, ReplicationDifference seen) {
        ReplicationDifference known;
        synchronized (this) {
            known = differences.get(work);
            if (known != null && known.isSameAs(seen)) {
                return known.since();
            }
            if (known != null || differences.size() < MOST_KEPT) {
                differences.put(work, seen);
            }
        }
        tell(to -> to.differs(rule, seen));
        return seen.since();
    }

    /** Notes that a tag does not differ, or not for good. */
    synchronized void agrees(Work work) {
        differences.remove(work);
    }

    void failed(ReplicationFailure failure) {
        synchronized (this) {
            Failed key = key(failure.repository(), failure.what().map(what -> new Work(failure.repository(), what)));
            if (failures.containsKey(key) || failures.size() < MOST_KEPT) {
                failures.put(key, failure);
            }
        }
        LOG.debug("The replication {} has failed: {}", rule, failure);
        tell(to -> to.failed(rule, failure));
    }

    private static Failed key(RepositoryName repository, Optional<Work> work) {
        return new Failed(repository, work.orElse(null));
    }

    /** Notes that something does not fail any more. */
    synchronized void works(RepositoryName repository, Optional<Work> work) {
        failures.remove(key(repository, work));
    }

    void compared(ReplicationStatus.Comparison comparison) {
        tell(to -> to.compared(rule, comparison));
    }

    /** Returns the repositories of what differs or fails, which are looked at again though neither side has them. */
    synchronized Set<RepositoryName> repositories() {
        Set<RepositoryName> found = new TreeSet<>();
        differences.keySet().forEach(work -> found.add(work.repository()));
        failures.keySet().forEach(failed -> found.add(failed.repository()));
        return found;
    }

    /** Returns the tags of a repository that differ or fail. */
    synchronized Set<Tag> tags(RepositoryName repository) {
        Set<Tag> found = new TreeSet<>();
        Consumer<@Nullable Work> add = work -> {
            if (work != null && work.repository().equals(repository) && work.what() instanceof Tag tag) {
                found.add(tag);
            }
        };
        differences.keySet().forEach(add);
        failures.keySet().forEach(failed -> add.accept(failed.work()));
        return found;
    }

    synchronized long carriedTags() {
        return carried;
    }

    synchronized long deletedTags() {
        return deleted;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int failing() {
        return failures.size();
    }

    synchronized List<ReplicationFailure> failures() {
        return failures.values().stream().limit(ReplicationStatus.MOST_LISTED).toList();
    }

    synchronized Map<ReplicationDifference.Kind, Integer> differing() {
        Map<ReplicationDifference.Kind, Integer> counts = new EnumMap<>(ReplicationDifference.Kind.class);
        differences.values().forEach(difference -> counts.merge(difference.kind(), 1, Integer::sum));
        return counts;
    }

    synchronized List<ReplicationDifference> differences() {
        return differences.values().stream()
                .sorted(Comparator.comparing(ReplicationDifference::kind))
                .limit(ReplicationStatus.MOST_LISTED)
                .toList();
    }

    private void tell(Consumer<ReplicationListener> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("A listener of the replication {} failed", rule, e);
        }
    }
}
