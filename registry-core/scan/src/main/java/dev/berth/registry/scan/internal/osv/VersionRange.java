package dev.berth.registry.scan.internal.osv;

import dev.berth.registry.scan.version.VersionOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A range of versions, as its events have it. Immutable.
 *
 * @param events in the order of their versions, once {@link #sorted} was called
 */
public record VersionRange(List<RangeEvent> events) {
    private static final String LOWEST = "0";
    private static final String UNLIMITED = "*";

    /** Copies the list. */
    public VersionRange {
        events = List.copyOf(events);
    }

    /** Returns the range with its events in the order of an ecosystem. Those of the same version stay as they are. */
    public VersionRange sorted(VersionOrder order) {
        return new VersionRange(events.stream().sorted(comparator(order)).toList());
    }

    /** A zero is lower than everything, whatever the ecosystem says. */
    private static Comparator<RangeEvent> comparator(VersionOrder order) {
        return (first, second) -> {
            boolean firstIsLowest = first.version().equals(LOWEST);
            boolean secondIsLowest = second.version().equals(LOWEST);
            return firstIsLowest || secondIsLowest
                    ? Boolean.compare(secondIsLowest, firstIsLowest)
                    : order.compare(first.version(), second.version());
        };
    }

    /** Returns whether a version is in the range, by the evaluation of the OSV schema. The events must be sorted. */
    public boolean contains(VersionOrder order, String version) {
        if (!isBeforeLimit(order, version)) {
            return false;
        }
        boolean affected = false;
        for (RangeEvent event : events) {
            switch (event.kind()) {
                case INTRODUCED -> affected |= isAtLeast(order, version, event.version());
                case FIXED -> affected &= !isAtLeast(order, version, event.version());
                case LAST_AFFECTED -> affected &= order.compare(version, event.version()) <= 0;
                case LIMIT -> {
                    // Looked at before.
                }
            }
        }
        return affected;
    }

    private static boolean isAtLeast(VersionOrder order, String version, String other) {
        return other.equals(LOWEST) || order.compare(version, other) >= 0;
    }

    private boolean isBeforeLimit(VersionOrder order, String version) {
        boolean limited = false;
        for (RangeEvent event : events) {
            if (event.kind() == RangeEvent.Kind.LIMIT) {
                if (event.version().equals(UNLIMITED) || order.compare(version, event.version()) < 0) {
                    return true;
                }
                limited = true;
            }
        }
        return !limited;
    }

    /** Returns the lowest version above this one that fixes it. The events must be sorted. */
    public Optional<String> fixedAfter(VersionOrder order, String version) {
        return events.stream()
                .filter(event -> event.kind() == RangeEvent.Kind.FIXED)
                .map(RangeEvent::version)
                .filter(fixed -> order.compare(fixed, version) > 0)
                .findFirst();
    }
}
