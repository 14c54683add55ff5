package dev.berth.registry.quota;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts what nodes have changed. Thread-safe.
 *
 * <p>Why any number of nodes end with the right count: who has changed an item looks, after its change and after reading
 * the ledger, whether the repository shows the item, and writes that into the ledger only if that is unchanged. So whoever
 * writes an item last has seen it as it is: had anybody changed it since, that one would write it later still. A node that
 * knows what it has done need not look if the ledger is as it was before it began. Tables and counters take the state of a
 * later ledger or table only, so that it does not matter who brings it, how often, or where somebody has died.
 */
final class Settlement {
    private final QuotaStore store;
    private final Registry registry;
    private final RepositoryLinks links;
    private final List<Allowance> allowances;

    Settlement(QuotaStore store, Registry registry, RepositoryLinks links, List<Allowance> allowances) {
        this.store = store;
        this.registry = registry;
        this.links = links;
        this.allowances = allowances;
    }

    /**
     * Counts what has changed in a repository. After a failure it is still to be counted.
     *
     * @return what the repository uses, and whether something else was counted before
     */
    Correction run(Activity activity) throws IOException {
        activity.settling.lock();
        try {
            Activity.Changes changes = activity.take();
            if (changes.isEmpty()) {
                return new Correction(0, false);
            }
            boolean done = false;
            try {
                Correction correction = run(activity, changes);
                done = true;
                return correction;
            } finally {
                if (!done) {
                    activity.putBack(changes);
                }
            }
        } finally {
            activity.settling.unlock();
        }
    }

    /**
     * The result for a repository.
     *
     * @param bytes what it uses
     * @param changed whether something else was counted before
     */
    record Correction(long bytes, boolean changed) {}

    private Correction run(Activity activity, Activity.Changes changes) throws IOException {
        RepositoryName repository = activity.repository;
        boolean changed = false;
        Ledger ledger;
        if (changes.sizes().isEmpty() && !changes.whole()) {
            ledger = Ledger.parse(
                    repository, store.read(QuotaKeys.ledger(repository)).lines());
        } else {
            Map<String, OptionalLong> facts = new HashMap<>();
            Map<String, Item> items = new HashMap<>();
            Backoff backoff = new Backoff();
            while (true) {
                QuotaStore.Saved saved = store.read(QuotaKeys.ledger(repository));
                ledger = Ledger.parse(repository, saved.lines());
                if (facts.isEmpty()) {
                    look(repository, changes, ledger, activity.alone(saved.version()), facts, items);
                } else {
                    lookAgain(repository, ledger, facts, items);
                }
                long before = ledger.bytes();
                boolean existed = ledger.hasManifest();
                facts.forEach(ledger::set);
                ledger.advance();
                Optional<ObjectVersion> written =
                        store.replace(QuotaKeys.ledger(repository), saved.version(), ledger.text());
                if (written.isPresent()) {
                    activity.counted(written);
                    changed = before != ledger.bytes() || existed != ledger.hasManifest();
                    break;
                }
                backoff.next("the use of " + repository);
            }
        }
        count(repository, ledger, changes.spent());
        return new Correction(ledger.bytes(), changed);
    }

    private void look(
            RepositoryName repository,
            Activity.Changes changes,
            Ledger ledger,
            boolean alone,
            Map<String, OptionalLong> facts,
            Map<String, Item> items) {
        Set<Item> all = new HashSet<>(changes.sizes().keySet());
        if (changes.whole()) {
            for (Iterator<Item> linked = links.items(repository); linked.hasNext(); ) {
                all.add(linked.next());
            }
            // What is not linked is not shown.
            ledger.items().forEach(name -> facts.put(name, OptionalLong.empty()));
        }
        for (Item item : all) {
            OptionalLong known = changes.sizes().getOrDefault(item, OptionalLong.empty());
            facts.put(item.name(), alone && known.isPresent() ? known : look(repository, item));
            items.put(item.name(), item);
        }
    }

    /** What differs from the ledger may have been changed and counted since it was looked at. */
    private void lookAgain(
            RepositoryName repository, Ledger ledger, Map<String, OptionalLong> facts, Map<String, Item> items) {
        for (Map.Entry<String, OptionalLong> fact : facts.entrySet()) {
            if (!ledger.size(fact.getKey()).equals(fact.getValue())) {
                Item item = items.get(fact.getKey());
                // Without a link when it was looked for: whoever has linked it since counts it.
                fact.setValue(item == null ? ledger.size(fact.getKey()) : look(repository, item));
            }
        }
    }

    private OptionalLong look(RepositoryName repository, Item item) {
        Repository shown = registry.repository(repository);
        Optional<Descriptor> found = item.manifest()
                ? shown.manifests().find(item.digest())
                : shown.blobs().find(item.digest());
        return found.isPresent() ? OptionalLong.of(found.get().size()) : OptionalLong.empty();
    }

    private void count(RepositoryName repository, Ledger ledger, Map<Allowance, Amount> spent) throws IOException {
        int number = QuotaKeys.tableOf(repository);
        UseTable table = table(repository, number, ledger);
        for (Allowance allowance : allowances) {
            if (allowance.covers(repository)) {
                allowance.settle(number, table, spent.getOrDefault(allowance, Amount.NONE));
                spent.remove(allowance);
            }
        }
    }

    private UseTable table(RepositoryName repository, int number, Ledger ledger) throws IOException {
        Backoff backoff = new Backoff();
        while (true) {
            QuotaStore.Saved saved = store.read(QuotaKeys.table(number));
            UseTable table = UseTable.parse(saved.lines());
            if (!table.set(repository, ledger)
                    || store.replace(QuotaKeys.table(number), saved.version(), table.text())
                            .isPresent()) {
                return table;
            }
            backoff.next("the use of repositories");
        }
    }
}
