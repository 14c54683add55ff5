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
    private final ConcurrentHashMap<PulledOn, Pulls> counts = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final int limit;

    PullCounter(int limit) {
        this.limit = limit;
    }

    void count(Pulled pulled, Instant now) {
        PulledOn today = PulledOn.at(pulled, now);
        if (counts.mappingCount() >= limit && !counts.containsKey(today)) {
            dropped.increment();
        } else {
            counts.merge(today, new Pulls(1, now), Pulls::plus);
        }
    }

    /** Returns what was counted, and begins anew. Each pull is in exactly one result. */
    Map<PulledOn, Pulls> take() {
        Map<PulledOn, Pulls> taken = new HashMap<>();
        for (PulledOn pulled : counts.keySet()) {
            Pulls pulls = counts.remove(pulled);
            if (pulls != null) {
                taken.put(pulled, pulls);
            }
        }
        return taken;
    }

    /** Returns what is counted and not taken. */
    Map<PulledOn, Pulls> present() {
        return Map.copyOf(counts);
    }

    /** Returns how many pulls were not counted since the last call. */
    long takeDropped() {
        return dropped.sumThenReset();
    }
}
