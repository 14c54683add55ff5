package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Finds nodes that have died: those whose entry has not changed for the time of a lease, as measured here; on a store that
 * belongs to one process also those of every earlier process. What they were changing is counted again, then what was set
 * aside for them is given back, then their entry goes. Thread-safe.
 */
final class Recovery {
    private static final String TAKEN = "taken by ";

    private final QuotaStore store;
    private final NodeLease lease;
    private final List<Allowance> allowances;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<ObjectKey, Seen> seen = new HashMap<>();

    Recovery(QuotaStore store, NodeLease lease, List<Allowance> allowances, Duration patience, LongSupplier nanoTime) {
        this.store = store;
        this.lease = lease;
        this.allowances = allowances;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    private record Seen(ObjectVersion version, long since) {}

    /** Counts a repository as a whole. */
    interface Recount {
        void run(RepositoryName repository) throws IOException;
    }

    /** Looks at all nodes once. */
    void run(Recount recount) throws IOException {
        lock.lock();
        try {
            // Grants before nodes: who has a grant has had an entry before, and keeps it until the grant is given back.
            Set<String> granted = new HashSet<>();
            for (Allowance allowance : allowances) {
                granted.addAll(allowance.readOrAdd().nodes());
            }
            Set<String> alive = new HashSet<>();
            Map<ObjectKey, Seen> now = new HashMap<>();
            for (ObjectKey node : store.list(QuotaKeys.NODES)) {
                look(node, alive, now, recount);
            }
            seen = now;
            granted.removeAll(alive);
            if (!granted.isEmpty()) {
                dropGrants(granted);
            }
        } finally {
            lock.unlock();
        }
    }

    private void look(ObjectKey node, Set<String> alive, Map<ObjectKey, Seen> now, Recount recount) throws IOException {
        QuotaStore.Saved saved = store.read(node);
        if (saved.version().isEmpty() || saved.lines().isEmpty()) {
            return;
        }
        String id = node.value().substring(QuotaKeys.NODES.value().length());
        alive.add(id);
        if (id.equals(lease.id())) {
            return;
        }
        ObjectVersion version = saved.version().get();
        Seen before = seen.get(node);
        Seen current =
                before != null && before.version().equals(version) ? before : new Seen(version, nanoTime.getAsLong());
        if (dead(saved, current)) {
            takeOver(node, id, saved, recount);
        } else {
            now.put(node, current);
        }
    }

    private boolean dead(QuotaStore.Saved saved, Seen current) {
        boolean earlier = store.exclusive() && !saved.lines().contains(NodeLease.PROCESS);
        return earlier || nanoTime.getAsLong() - current.since() >= patience.toNanos();
    }

    private void takeOver(ObjectKey node, String id, QuotaStore.Saved saved, Recount recount) throws IOException {
        // It stays until all is counted, so that whoever comes after this node has died can do it.
        List<String> lines = new ArrayList<>(saved.lines());
        lines.set(0, NodeLease.PROCESS);
        lines.removeIf(line -> line.startsWith(TAKEN));
        lines.add(TAKEN + lease.id());
        Optional<ObjectVersion> taken =
                store.replaceForDeletion(node, saved.version(), String.join("\n", lines) + "\n");
        if (taken.isEmpty()) {
            return;
        }
        for (String line : lines) {
            if (line.startsWith(NodeLease.REPOSITORY)) {
                recount.run(RepositoryName.parse(line.substring(NodeLease.REPOSITORY.length())));
            }
        }
        dropGrants(Set.of(id));
        boolean unused = store.remove(node, taken.get());
    }

    private void dropGrants(Set<String> nodes) throws IOException {
        for (Allowance allowance : allowances) {
            allowance.dropGrants(nodes::contains);
        }
    }
}
