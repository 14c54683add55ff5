package dev.berth.registry.pulls;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts in memory. A pull changes one entry of a map, and never waits for the store. Of more entries than the limit those
 * that come last are not counted.
 */
final class PullCounter {
    private final ConcurrentHashMap<Pulled, Pulls> counts = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final int limit;

    PullCounter(int limit) {
        this.limit = limit;
    }

    void count(Pulled pulled, Instant now) {
        add(pulled, new Pulls(1, now));
    }

    /** Adds pulls, such as those of a batch that could not be written. */
    void add(Pulled pulled, Pulls pulls) {
        if (counts.mappingCount() >= limit && !counts.containsKey(pulled)) {
            dropped.add(pulls.count());
        } else {
            counts.merge(pulled, pulls, Pulls::plus);
        }
    }

    /** Returns what was counted, and begins anew. Each pull is in exactly one result. */
    Map<Pulled, Pulls> take() {
        Map<Pulled, Pulls> taken = new HashMap<>();
        for (Pulled pulled : counts.keySet()) {
            Pulls pulls = counts.remove(pulled);
            if (pulls != null) {
                taken.put(pulled, pulls);
            }
        }
        return taken;
    }

    /** Returns what is counted and not taken. */
    Map<Pulled, Pulls> present() {
        return Map.copyOf(counts);
    }

    /** Returns how many pulls were not counted since the last call. */
    long takeDropped() {
        return dropped.sumThenReset();
    }
}
