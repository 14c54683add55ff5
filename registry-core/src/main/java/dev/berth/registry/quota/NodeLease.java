package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What this node has in the store about itself: the repositories that it may be changing, so that others count them again
 * if it dies. It is written before anything is reserved or changed, and removed last. Thread-safe.
 */
final class NodeLease {
    static final String REPOSITORY = "repository ";
    static final String PROCESS = "process " + UUID.randomUUID();

    private final QuotaStore store;
    private final LongSupplier nanoTime;
    private final Duration renewal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<RepositoryName> wanted = ConcurrentHashMap.newKeySet();
    private volatile State state;
    private Optional<ObjectVersion> version = Optional.empty();
    private long beats;

    NodeLease(QuotaStore store, Duration lease, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.renewal = lease.dividedBy(4);
        this.state = unwritten();
    }

    private record State(String id, boolean written, Set<RepositoryName> repositories, long since) {}

    private State unwritten() {
        return new State(UUID.randomUUID().toString(), false, Set.of(), nanoTime.getAsLong());
    }

    /** Returns under which name this node sets amounts aside. It changes once others have taken it for dead. */
    String id() {
        return state.id();
    }

    /** Writes that this node may change a repository, unless that is written. */
    void enter(RepositoryName repository, boolean deleting) throws IOException {
        if (covers(repository)) {
            return;
        }
        wanted.add(repository);
        lock.lock();
        try {
            // Another thread may have written it with its own.
            if (!covers(repository)) {
                Set<RepositoryName> all = new LinkedHashSet<>(state.repositories());
                all.addAll(wanted);
                write(all, deleting);
                wanted.removeAll(all);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean covers(RepositoryName repository) {
        State seen = state;
        return seen.written() && seen.repositories().contains(repository) && !due(seen);
    }

    private boolean due(State seen) {
        return nanoTime.getAsLong() - seen.since() > renewal.toNanos();
    }

    /**
     * Renews the lease, and leaves the repositories that are not active any more.
     *
     * @param active is asked again after a new change of a repository would write it anew
     * @param needed whether something is still set aside for this node
     */
    void renew(Predicate<RepositoryName> active, BooleanSupplier needed) throws IOException {
        lock.lock();
        try {
            State before = state;
            if (!before.written()) {
                return;
            }
            Set<RepositoryName> kept = new LinkedHashSet<>(before.repositories());
            kept.removeIf(active.negate());
            state = new State(before.id(), true, Set.copyOf(kept), before.since());
            for (RepositoryName repository : before.repositories()) {
                if (active.test(repository)) {
                    kept.add(repository);
                }
            }
            if (kept.isEmpty() && !needed.getAsBoolean()) {
                state = new State(before.id(), false, Set.of(), before.since());
                remove();
            } else if (!kept.equals(before.repositories()) || due(before)) {
                write(kept, true);
            } else {
                state = before;
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove() throws IOException {
        if (version.isPresent() && store.remove(QuotaKeys.node(state.id()), version.get())) {
            version = store.version(QuotaKeys.node(state.id()));
        } else {
            state = unwritten();
            version = Optional.empty();
        }
    }

    private void write(Set<RepositoryName> repositories, boolean deleting) throws IOException {
        long now = nanoTime.getAsLong();
        // Whoever has changed it has taken this node for dead: it goes on under another name.
        for (State next = state; ; next = unwritten()) {
            StringBuilder text = new StringBuilder(PROCESS + "\nbeat " + beats++ + "\n");
            repositories.forEach(name -> text.append(REPOSITORY).append(name).append('\n'));
            Optional<ObjectVersion> written = deleting
                    ? store.replaceForDeletion(QuotaKeys.node(next.id()), version, text.toString())
                    : store.replace(QuotaKeys.node(next.id()), version, text.toString());
            if (written.isPresent()) {
                version = written;
                state = new State(next.id(), true, Set.copyOf(repositories), now);
                return;
            }
            version = Optional.empty();
        }
    }
}
