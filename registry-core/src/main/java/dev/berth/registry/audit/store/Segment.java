package dev.berth.registry.audit.store;

import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** An object with events of one hour, the newest first, a line each. */
final class Segment {
    /** How many bytes one has, about. A page reads few of them, and a merge has few in memory. */
    static final int LARGEST = 512 * 1024;

    private final SegmentName name;
    private final byte[] content;

    private Segment(SegmentName name, byte[] content) {
        this.name = name;
        this.content = content;
    }

    SegmentName name() {
        return name;
    }

    /** Returns its bytes, which are not to be changed. */
    byte[] content() {
        return content;
    }

    /** Returns objects with these events, each of one hour and not too large. */
    static List<Segment> of(Collection<StoredEvent> events) {
        SortedSet<StoredEvent> ordered = new TreeSet<>(events);
        List<Segment> segments = new ArrayList<>();
        List<StoredEvent> group = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (StoredEvent event : ordered) {
            String line = event.line();
            boolean fits =
                    group.isEmpty() || hour(group.get(0)) == hour(event) && lines.length() + line.length() < LARGEST;
            if (!fits) {
                segments.add(of(group, lines));
                group.clear();
                lines.setLength(0);
            }
            group.add(event);
            lines.append(line).append('\n');
        }
        if (!group.isEmpty()) {
            segments.add(of(group, lines));
        }
        return segments;
    }

    private static long hour(StoredEvent event) {
        return SegmentName.hourOf(event.event().time());
    }

    /** Whoever has the same events makes the same object. */
    private static Segment of(List<StoredEvent> group, StringBuilder lines) {
        byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
        StoredEvent newest = group.get(0);
        StoredEvent oldest = group.get(group.size() - 1);
        SegmentName name = new SegmentName(
                hour(newest),
                SegmentName.millis(newest.event().time()),
                SegmentName.millis(oldest.event().time()),
                content.length,
                Digest.sha256(content).hex().substring(0, 16));
        return new Segment(name, content);
    }

    /** Reads the events of an object. Lines that cannot be read are passed over. */
    static List<StoredEvent> events(byte[] content) {
        return new String(content, StandardCharsets.UTF_8)
                .lines()
                .flatMap(line -> StoredEvent.parse(line).stream())
                .toList();
    }
}
