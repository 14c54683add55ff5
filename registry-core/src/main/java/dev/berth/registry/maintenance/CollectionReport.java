package dev.berth.registry.maintenance;

import dev.berth.registry.maintenance.CollectionDetail.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link Collector} has done, or, as a plan, would do. Immutable.
 *
 * @param scope what was looked at
 * @param plan whether nothing was changed
 * @param counts how many things of each kind there were: data of one digest with all its links, or links of one digest
 * @param bytes how many bytes these were
 * @param removedLinks how many links of repositories were removed
 * @param nextDue when the first of what is condemned may be removed, or empty if nothing is
 * @param details the first {@value #MOST_DETAILS} of these things
 * @param notes what whoever reads this should know besides, in sentences
 * @since 0.1
 */
public record CollectionReport(
        CollectionScope scope,
        boolean plan,
        Map<Kind, Long> counts,
        Map<Kind, Long> bytes,
        long removedLinks,
        Optional<Instant> nextDue,
        List<CollectionDetail> details,
        List<String> notes) {

    /** How many details a report has at most. All are counted. */
    public static final int MOST_DETAILS = 1000;

    /** Copies the collections. */
    public CollectionReport {
        counts = Map.copyOf(counts);
        bytes = Map.copyOf(bytes);
        details = List.copyOf(details);
        notes = List.copyOf(notes);
    }

    /** Returns how many things of a kind there were. */
    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Returns how many bytes of a kind there were. */
    public long bytes(Kind kind) {
        return bytes.getOrDefault(kind, 0L);
    }

    /** Returns how many bytes were removed. */
    public long removedBytes() {
        return bytes(Kind.REMOVED);
    }

    /** Returns the report of a later pass, with what was removed by this one as well. */
    CollectionReport followedBy(CollectionReport later) {
        Map<Kind, Long> newCounts = new EnumMap<>(Kind.class);
        newCounts.putAll(later.counts);
        Map<Kind, Long> newBytes = new EnumMap<>(Kind.class);
        newBytes.putAll(later.bytes);
        newCounts.merge(Kind.REMOVED, count(Kind.REMOVED), Long::sum);
        newBytes.merge(Kind.REMOVED, removedBytes(), Long::sum);
        List<CollectionDetail> newDetails = new ArrayList<>();
        details.stream().filter(detail -> detail.kind() == Kind.REMOVED).forEach(newDetails::add);
        newDetails.addAll(later.details);
        return new CollectionReport(
                scope,
                plan,
                newCounts,
                newBytes,
                removedLinks + later.removedLinks,
                later.nextDue,
                newDetails.subList(0, Math.min(MOST_DETAILS, newDetails.size())),
                later.notes);
    }

    /** Returns the report as text for people, in several lines. */
    @Override
    public String toString() {
        return ReportText.of(this);
    }

    /** Returns the report as a JSON object, with the names of the components of this record. Its form is stable. */
    public String toJson() {
        return ReportJson.of(this);
    }
}
