package dev.berth.registry.server.resources;

import dev.berth.registry.ByteRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The ranges of one request, applied to content of a known size (RFC 9110, sections 14.2 and 15.3.7). */
final class RangeSet {
    private RangeSet() {}

    /** A part, with the position of its range in the request. */
    private record Part(int index, long begin, long end) {}

    /**
     * Returns the parts of the content that ranges ask for, in the order of the ranges. Ranges without a byte of the
     * content are left out, and those that overlap are one part, in the place of the first of them: no byte is sent
     * twice. Adjacent ranges stay apart, since clients count the parts.
     *
     * @param size the size of the content in bytes
     */
    static List<ByteRange.Slice> slices(List<ByteRange> ranges, long size) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            part(i, ranges.get(i), size).ifPresent(parts::add);
        }
        parts.sort(Comparator.comparingLong(Part::begin));
        List<Part> disjoint = new ArrayList<>();
        for (Part part : parts) {
            int last = disjoint.size() - 1;
            if (last >= 0 && part.begin < disjoint.get(last).end) {
                Part before = disjoint.get(last);
                disjoint.set(
                        last,
                        new Part(Math.min(before.index, part.index), before.begin, Math.max(before.end, part.end)));
            } else {
                disjoint.add(part);
            }
        }
        disjoint.sort(Comparator.comparingInt(Part::index));
        return disjoint.stream()
                .map(part -> new ByteRange.Slice(part.begin, part.end - part.begin))
                .toList();
    }

    private static Optional<Part> part(int index, ByteRange range, long size) {
        if (range.first().isEmpty()) {
            long count = Math.min(range.last().orElse(size), size);
            return count == 0 ? Optional.empty() : Optional.of(new Part(index, size - count, size));
        }
        long begin = range.first().getAsLong();
        long end = Math.min(range.last().orElse(Long.MAX_VALUE), size - 1) + 1;
        return begin >= size ? Optional.empty() : Optional.of(new Part(index, begin, end));
    }
}
