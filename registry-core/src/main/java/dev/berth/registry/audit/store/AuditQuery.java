package dev.berth.registry.audit.store;

import dev.berth.registry.audit.AuditEvent;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are wanted. Immutable.
 *
 * @param caller events of this caller only, by the exact name; empty for all
 * @param repository events about this repository only, by the exact name; empty for all
 * @param types events of these types only; empty for all
 * @param after where to go on, as {@link AuditPage#next} says; empty for the newest
 * @param limit how many events at most
 * @since 0.1
 */
public record AuditQuery(
        Optional<String> caller,
        Optional<String> repository,
        Set<AuditEvent.Type> types,
        Optional<String> after,
        int limit) {
    /** The largest number of events of a page. */
    public static final int LARGEST = 1_000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the limit is not 1 to {@value #LARGEST}, or {@code after} was not made by a page
     */
    public AuditQuery {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(repository, "repository");
        types = Set.copyOf(types);
        after.ifPresent(Position::parse);
        if (limit < 1 || limit > LARGEST) {
            throw new IllegalArgumentException("A page of the audit has 1 to " + LARGEST + " events, not " + limit);
        }
    }

    /** Returns a query for the newest events. */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), limit);
    }

    /** Returns this query for the events after a position. */
    public AuditQuery after(String position) {
        return new AuditQuery(caller, repository, types, Optional.of(position), limit);
    }

    boolean wants(AuditEvent event) {
        return caller.map(event.caller()::equals).orElse(true)
                && repository.map(event.repository()::equals).orElse(true)
                && (types.isEmpty() || types.contains(event.type()));
    }
}
