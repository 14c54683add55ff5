package dev.berth.registry.audit.store;

import dev.berth.registry.audit.AuditEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some events, the newest first. Immutable.
 *
 * @param events those that were asked for; there may be fewer than wanted, and none, although more follow: a page costs a
 *     bounded number of reads, whatever has to be passed over
 * @param next where the next page begins, for {@link AuditQuery#after}; empty after the oldest event
 * @since 0.1
 */
public record AuditPage(List<AuditEvent> events, Optional<String> next) {

    /** Copies the list. */
    public AuditPage {
        events = List.copyOf(events);
        Objects.requireNonNull(next, "next");
    }
}
