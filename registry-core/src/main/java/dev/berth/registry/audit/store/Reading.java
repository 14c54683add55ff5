package dev.berth.registry.audit.store;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.audit.AuditEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page: the objects of an hour together, in the order of their newest events, and each only when no other one can have
 * what comes next. For one call.
 */
final class Reading {
    /** What is read for a page at most, however little of it is wanted. */
    private static final int MOST_OBJECTS = 200;

    private static final long MOST_BYTES = 4L * 1024 * 1024;

    /** How often an hour is begun again, since others have merged what was about to be read. */
    private static final int ATTEMPTS = 10;

    private final Segments segments;
    private final AuditQuery query;
    private final List<AuditEvent> wanted = new ArrayList<>();
    private @Nullable Position last;
    private int objects;
    private long bytes;

    Reading(Segments segments, AuditQuery query) {
        this.segments = segments;
        this.query = query;
        this.last = query.after().map(Position::parse).orElse(null);
    }

    AuditPage run() throws IOException {
        @Nullable Position from = last;
        Iterator<Long> hours = segments.hours(SegmentName.hourOf(from == null ? Instant.MAX : from.time()));
        while (hours.hasNext()) {
            boolean more = read(hours.next());
            if (more || isFull() && hours.hasNext()) {
                return new AuditPage(wanted, Optional.ofNullable(last).map(Position::toString));
            }
        }
        return new AuditPage(wanted, Optional.empty());
    }

    private boolean isFull() {
        return wanted.size() == query.limit() || objects >= MOST_OBJECTS || bytes >= MOST_BYTES;
    }

    /** Reads on in an hour, and returns whether it has more than this page. */
    private boolean read(long hour) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Boolean> more = read(names(hour));
            if (more.isPresent()) {
                return more.get();
            }
        }
        throw RegistryException.of(
                ErrorCode.UNAVAILABLE, "The audit is being merged by others all the time; try again");
    }

    /** Returns what may have events after the last one that was read. */
    private List<SegmentName> names(long hour) {
        Position from = last;
        List<SegmentName> names = segments.of(hour);
        return from == null
                ? names
                : names.stream()
                        .filter(name -> name.first() <= SegmentName.millis(from.time()))
                        .toList();
    }

    /** Returns empty if one of them is gone. */
    private Optional<Boolean> read(List<SegmentName> names) throws IOException {
        PriorityQueue<StoredEvent> next = new PriorityQueue<>();
        int opened = 0;
        boolean begun = false;
        while (true) {
            while (opened < names.size() && mayHaveTheNext(names.get(opened), next)) {
                if (begun && isFull()) {
                    return Optional.of(true);
                }
                Optional<List<StoredEvent>> events = open(names.get(opened++));
                if (events.isEmpty()) {
                    return Optional.empty();
                }
                next.addAll(events.get());
            }
            StoredEvent event = next.poll();
            if (event == null) {
                return Optional.of(false);
            }
            if (isFull() && begun) {
                return Optional.of(true);
            }
            begun = true;
            last = event.position();
            dropDuplicates(event, next);
            if (query.wants(event.event())) {
                wanted.add(event.event());
            }
        }
    }

    /** What is merged and not yet deleted is there twice. */
    private static void dropDuplicates(StoredEvent event, PriorityQueue<StoredEvent> next) {
        StoredEvent same = next.peek();
        while (same != null && same.id().equals(event.id())) {
            next.remove();
            same = next.peek();
        }
    }

    private static boolean mayHaveTheNext(SegmentName name, PriorityQueue<StoredEvent> next) {
        StoredEvent first = next.peek();
        return first == null || name.last() >= SegmentName.millis(first.event().time());
    }

    private Optional<List<StoredEvent>> open(SegmentName name) throws IOException {
        Optional<List<StoredEvent>> events = segments.read(name);
        objects++;
        bytes += name.size();
        Position from = last;
        return from == null
                ? events
                : events.map(all -> all.stream()
                        .filter(event -> event.position().compareTo(from) > 0)
                        .toList());
    }
}
