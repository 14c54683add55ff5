package dev.berth.registry.mirror.replication;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be looked at, each once however often it changes; and what is being looked at, so that nobody else does at the
 * same time. Bounded: what does not fit is left to the next comparison. Thread-safe.
 */
final class Pending {
    private final int capacity;
    private final Map<Work, Entry> entries = new HashMap<>();
    private final NavigableSet<Entry> waiting =
            new TreeSet<>(Comparator.comparing((Entry entry) -> entry.due).thenComparingLong(entry -> entry.number));
    private long numbers;
    private boolean overflown;

    Pending(int capacity) {
        this.capacity = capacity;
    }

    private static final class Entry {
        private final Work work;
        private final long number;
        /** Null while only a comparison looks at it: then it is not known to have changed. */
        private @Nullable Instant since;

        private Instant due = Instant.EPOCH;
        private int attempts;
        private boolean again;

        private Entry(Work work, long number) {
            this.work = work;
            this.number = number;
        }
    }

    /** Adds something that may have changed. */
    synchronized void add(Work work, Instant now) {
        Entry known = entries.get(work);
        if (known == null) {
            await(new Entry(work, numbers++), now, now);
        } else if (!waiting.contains(known)) {
            known.again = true;
        }
    }

    private void await(Entry entry, Instant now, Instant due) {
        if (waiting.size() >= capacity) {
            overflown = true;
            entries.remove(entry.work);
            return;
        }
        if (entry.since == null) {
            entry.since = now;
        }
        entry.due = due;
        entries.put(entry.work, entry);
        waiting.add(entry);
    }

    /** Returns what is due, if anything is; nobody else gets it before {@link #done} or {@link #retry}. */
    synchronized Optional<Work> take(Instant now) {
        if (waiting.isEmpty() || waiting.first().due.isAfter(now)) {
            return Optional.empty();
        }
        Entry first = waiting.first();
        waiting.remove(first);
        return Optional.of(first.work);
    }

    /** Takes something whether it waits or not; returns false if somebody has it, who will then look again. */
    synchronized boolean claim(Work work) {
        Entry known = entries.get(work);
        if (known == null) {
            entries.put(work, new Entry(work, numbers++));
            return true;
        }
        if (waiting.remove(known)) {
            return true;
        }
        known.again = true;
        return false;
    }

    /** It is as it should be, or left as it is. */
    synchronized void done(Work work, Instant now) {
        Entry entry = entries.remove(work);
        if (entry != null && entry.again) {
            await(new Entry(work, numbers++), now, now);
        }
    }

    /** It is to be looked at again. */
    synchronized void retry(Work work, Instant now, Instant due) {
        Entry entry = entries.get(work);
        if (entry != null) {
            entry.attempts++;
            entry.again = false;
            await(entry, now, due);
        }
    }

    /** Returns how often in a row it was to be looked at again. */
    synchronized int attempts(Work work) {
        Entry entry = entries.get(work);
        return entry == null ? 0 : entry.attempts;
    }

    /** Returns how much is known to wait, or is being carried over. */
    synchronized int size() {
        return (int)
                entries.values().stream().filter(entry -> entry.since != null).count();
    }

    /** Returns since when the oldest of it waits. */
    synchronized Optional<Instant> oldest() {
        return entries.values().stream()
                .flatMap(entry -> Optional.ofNullable(entry.since).stream())
                .min(Comparator.naturalOrder());
    }

    /** Returns when something is due. */
    synchronized Optional<Instant> nextDue() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().due);
    }

    synchronized boolean hasOverflown() {
        return overflown;
    }

    /** Returns whether something did not fit since this was last asked. */
    synchronized boolean takeOverflow() {
        boolean was = overflown;
        overflown = false;
        return was;
    }
}
