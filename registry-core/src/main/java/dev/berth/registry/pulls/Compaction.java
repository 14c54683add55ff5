package dev.berth.registry.pulls;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Merges batches into the ledger, and forgets what no longer exists.
 *
 * <p>Each batch counts once: the object of a repository names the batches that are in it, and gets the counts and the name
 * by one conditional put. A batch is deleted when all of its repositories have it. Its name is dropped from an object
 * some time after the batch is gone; and a batch that is not named there is added only if it exists after the object was read, so that
 * one that was dropped is not added again.
 */
final class Compaction {
    /** How much is in memory at a time. */
    private static final int MOST_ENTRIES = 100_000;

    private static final int ATTEMPTS = 5;

    /** How many manifests and tags are looked for in one run. */
    private static final int MOST_CHECKED = 500;

    /**
     * For how long the name of a batch is kept that is gone. A node whose write has failed, and may have happened, looks for
     * it before it writes once more.
     */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final ObjectStore store;
    private final Batches batches;
    private final Ledger ledger;
    private final InstantSource clock;

    /** For how long a batch stays, so that each node sees it that looks at what is new twice a minute: {@link PullTotals}. */
    static final Duration YOUNG = Duration.ofMinutes(1);

    /** The last repository that was checked. */
    private Optional<RepositoryName> checked = Optional.empty();

    /** How many entries of the next one were. */
    private int checkedEntries;

    Compaction(ObjectStore store, Batches batches, Ledger ledger, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.batches = batches;
        this.ledger = ledger;
    }

    void run() throws IOException {
        List<String> names = batches.list().names();
        Map<RepositoryName, Map<String, Map<PulledOn, Pulls>>> read = new LinkedHashMap<>();
        List<String> group = new ArrayList<>();
        int entries = 0;
        for (String name : names) {
            if (isYoung(name)) {
                continue;
            }
            Map<PulledOn, Pulls> batch = batches.read(name).orElse(Map.of());
            group.add(name);
            entries += batch.size();
            batch.forEach((pulled, pulls) -> read.computeIfAbsent(pulled.repository(), any -> new HashMap<>())
                    .computeIfAbsent(name, any -> new HashMap<>())
                    .put(pulled, pulls));
            if (entries >= MOST_ENTRIES) {
                merge(group, read);
                group.clear();
                read.clear();
                entries = 0;
            }
        }
        merge(group, read);
        forget();
    }

    /** Those of a clock that is far ahead are merged all the same. */
    private boolean isYoung(String name) {
        Instant now = clock.instant();
        Instant time = Batches.time(name);
        return time.isAfter(now.minus(YOUNG)) && time.isBefore(now.plus(KEPT));
    }

    private void merge(List<String> group, Map<RepositoryName, Map<String, Map<PulledOn, Pulls>>> read)
            throws IOException {
        boolean all = true;
        for (Map.Entry<RepositoryName, Map<String, Map<PulledOn, Pulls>>> entry : read.entrySet()) {
            all &= merge(entry.getKey(), entry.getValue());
        }
        if (all) {
            for (String name : group) {
                batches.delete(name);
            }
        }
    }

    /** Returns whether the repository has the batches. Another node may be merging them at the same time. */
    private boolean merge(RepositoryName repository, Map<String, Map<PulledOn, Pulls>> added) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Ledger.Page page = ledger.read(repository);
            Map<Pulled, Pulls> pulls = new HashMap<>(page.pulls());
            Summary summary = page.summary();
            Set<String> merged = stillMerged(page);
            boolean changed = false;
            for (Map.Entry<String, Map<PulledOn, Pulls>> batch : added.entrySet()) {
                if (!page.merged().contains(batch.getKey()) && batches.exists(batch.getKey())) {
                    batch.getValue().forEach((pulled, count) -> pulls.merge(pulled.pulled(), count, Pulls::plus));
                    summary = summary.plus(Summary.of(batch.getValue()));
                    merged.add(batch.getKey());
                    changed = true;
                }
            }
            if (!changed || ledger.write(repository, new Ledger.Page(pulls, summary, merged, page.version()))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the names of batches that may still be looked for. */
    private Set<String> stillMerged(Ledger.Page page) throws IOException {
        Instant old = clock.instant().minus(KEPT);
        Set<String> names = new LinkedHashSet<>();
        for (String name : page.merged()) {
            if (Batches.time(name).isAfter(old) || batches.exists(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Goes on through the ledger, from where the last run has ended. */
    private void forget() throws IOException {
        int left = MOST_CHECKED;
        while (left > 0) {
            Optional<RepositoryName> next = ledger.next(checked);
            if (next.isEmpty()) {
                checked = Optional.empty();
                checkedEntries = 0;
                return;
            }
            left -= forget(next.get(), left);
        }
    }

    /** Checks some entries of a repository, and returns how many. */
    private int forget(RepositoryName repository, int most) throws IOException {
        Ledger.Page page = ledger.read(repository);
        Map<Pulled, Pulls> pulls = new HashMap<>(page.pulls());
        Set<String> merged = stillMerged(page);
        List<Pulled> entries = page.pulls().keySet().stream()
                .sorted((one, other) ->
                        one.what().toString().compareTo(other.what().toString()))
                .skip(checkedEntries)
                .limit(most)
                .toList();
        int kept = 0;
        for (Pulled pulled : entries) {
            if (exists(pulled)) {
                kept++;
            } else {
                pulls.remove(pulled);
            }
        }
        if (pulls.size() < page.pulls().size() || merged.size() < page.merged().size()) {
            // If another node has changed it meanwhile, a later run does it.
            boolean unused = ledger.write(repository, new Ledger.Page(pulls, page.summary(), merged, page.version()));
        }
        if (checkedEntries + entries.size() >= page.pulls().size()) {
            checked = Optional.of(repository);
            checkedEntries = 0;
        } else {
            checkedEntries += kept;
        }
        return entries.size() + 1;
    }

    /** A manifest that was deleted and can be restored keeps its pulls. */
    private boolean exists(Pulled pulled) throws IOException {
        RepositoryName repository = pulled.repository();
        if (pulled.what() instanceof Digest digest) {
            return has(Keys.revisionLink(repository, digest)) || has(Keys.trashedManifest(repository, digest));
        }
        return has(Keys.tagLink(repository, (Tag) pulled.what()));
    }

    /** An empty link counts as missing. */
    private boolean has(ObjectKey key) throws IOException {
        return store.stat(key).filter(stat -> stat.size() > 0).isPresent();
    }
}
