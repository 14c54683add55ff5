package dev.berth.registry.audit.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes few large objects of many small ones, so that a page of an old hour costs one read. What is merged is written first and
 * deleted then. So a crash in between leaves events twice, which readers notice, and never none; and any number of nodes may
 * do this at the same time.
 */
final class Merge {
    /** What is larger stays as it is. */
    private static final int SMALL = Segment.LARGEST / 4;

    /** What is younger may still get neighbours. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    /** In the present hour so many are left. */
    private static final int MOST_SMALL = 32;

    private final Segments segments;

    Merge(Segments segments) {
        this.segments = segments;
    }

    /** Merges what there is of the latest hours. */
    void run(Instant now, int hours) throws IOException {
        Iterator<Long> all = segments.hours(SegmentName.hourOf(now));
        for (int i = 0; i < hours && all.hasNext(); i++) {
            merge(all.next(), now);
        }
    }

    private void merge(long hour, Instant now) throws IOException {
        long settled = SegmentName.millis(now.minus(SETTLED));
        List<SegmentName> small = segments.of(hour).stream()
                .filter(name -> name.size() < SMALL && name.last() < settled)
                .toList();
        boolean over = (hour + 1) * SegmentName.HOUR <= settled;
        if (small.size() < (over ? 2 : MOST_SMALL)) {
            return;
        }
        List<SegmentName> group = new ArrayList<>();
        long bytes = 0;
        for (SegmentName name : small) {
            if (bytes + name.size() > Segment.LARGEST) {
                if (!replace(group)) {
                    return;
                }
                group.clear();
                bytes = 0;
            }
            group.add(name);
            bytes += name.size();
        }
        boolean unused = replace(group);
    }

    /** Returns false if another node has merged them meanwhile. */
    private boolean replace(List<SegmentName> group) throws IOException {
        if (group.size() < 2) {
            return true;
        }
        TreeSet<StoredEvent> events = new TreeSet<>();
        for (SegmentName name : group) {
            Optional<List<StoredEvent>> read = segments.read(name);
            if (read.isEmpty()) {
                return false;
            }
            events.addAll(read.get());
        }
        List<SegmentName> written = new ArrayList<>();
        for (Segment segment : Segment.of(events)) {
            segments.write(segment);
            written.add(segment.name());
        }
        for (SegmentName name : group) {
            if (!written.contains(name)) {
                segments.delete(name);
            }
        }
        return true;
    }
}
