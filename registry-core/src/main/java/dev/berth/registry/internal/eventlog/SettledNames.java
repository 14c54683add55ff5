package dev.berth.registry.internal.eventlog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which names of a listing have before them, in it, everything that was there before they came. A listing is no picture of
 * one moment: it may have a name, and lack one that was written before it where it had looked already. The next listing has
 * both. So a name counts once it was in the listing before, unless a newcomer is to come before it. Not thread-safe.
 *
 * @param <N> the names, in the order in which they are used
 */
public final class SettledNames<N extends Comparable<N>> {
    private Set<N> before = Set.of();
    private boolean newcomers;

    /**
     * Takes a listing, which has begun after the one before has ended.
     *
     * @return the names that count, in their order
     */
    public List<N> next(Collection<N> listed) {
        @Nullable N first = null;
        List<N> known = new ArrayList<>();
        for (N name : listed) {
            if (before.contains(name)) {
                known.add(name);
            } else if (first == null || name.compareTo(first) < 0) {
                first = name;
            }
        }
        newcomers = first != null;
        if (first != null) {
            N bound = first;
            known.removeIf(name -> name.compareTo(bound) > 0);
        }
        known.sort(null);
        before = new HashSet<>(listed);
        return known;
    }

    /** Returns whether the last listing had names that count only after the next one. */
    public boolean newcomers() {
        return newcomers;
    }

    /** Forgets what was listed. */
    public void reset() {
        before = Set.of();
        newcomers = false;
    }
}
