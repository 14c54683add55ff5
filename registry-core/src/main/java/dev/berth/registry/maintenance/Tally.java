package dev.berth.registry.maintenance;

import dev.berth.registry.maintenance.CollectionDetail.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what a collection does, for its report. Thread-safe. */
final class Tally {
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> bytes = new EnumMap<>(Kind.class);
    private final List<CollectionDetail> details = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long removedLinks;
    private @Nullable Instant nextDue;
    private @Nullable Instant pending;
    private boolean noted;

    synchronized void add(Kind kind, String object, long size, Optional<Instant> due, String reason) {
        counts.merge(kind, 1L, Long::sum);
        bytes.merge(kind, size, Long::sum);
        due.filter(at -> nextDue == null || at.isBefore(nextDue)).ifPresent(at -> nextDue = at);
        if (details.size() < CollectionReport.MOST_DETAILS) {
            details.add(new CollectionDetail(kind, object, size, due, reason));
        }
    }

    /** Notes that something is left to be looked at. */
    synchronized void noted() {
        noted = true;
    }

    synchronized boolean hasNoted() {
        return noted;
    }

    /** Counts something that this collection has to come back for. */
    synchronized void pending(Instant due) {
        if (pending == null || due.isBefore(pending)) {
            pending = due;
        }
    }

    /** Returns when the collection has to come back, or empty if it need not. */
    synchronized Optional<Instant> pending() {
        return Optional.ofNullable(pending);
    }

    synchronized void removedLinks(int links) {
        removedLinks += links;
    }

    synchronized void note(String note) {
        if (!notes.contains(note) && notes.size() < CollectionReport.MOST_DETAILS) {
            notes.add(note);
        }
    }

    synchronized long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    synchronized CollectionReport report(CollectionScope scope, boolean plan) {
        return new CollectionReport(
                scope, plan, counts, bytes, removedLinks, Optional.ofNullable(nextDue), details, notes);
    }
}
