package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an upload consists of, stored in the bucket as lines of text. Grows with the number of large appends, not with
 * that of small ones.
 *
 * @param partBytes the size of its parts, for all nodes alike
 * @param size how many bytes it has
 * @param segments big pieces, each an object. All but the last one are used up to a multiple of the part size
 * @param runs the chunks after the segments, in runs of one writer each
 * @param target where it is just being committed to, if it is
 */
record UploadState(int partBytes, long size, List<Segment> segments, List<Run> runs, Optional<ObjectKey> target) {
    private static final String VERSION = "berth-s3-upload 1";

    UploadState {
        segments = List.copyOf(segments);
        runs = List.copyOf(runs);
    }

    /**
     * A large piece.
     *
     * @param used how many bytes of it count; the rest has been taken over by the next one
     * @param bytes how many it has
     */
    record Segment(String name, long used, long bytes) {}

    /**
     * Consecutive small pieces, each an object named by its writer and its offset.
     *
     * @param from the offset of the first one
     * @param count how many there are
     */
    record Run(String writer, long from, int count) {}

    static UploadState start(int partBytes) {
        return new UploadState(partBytes, 0, List.of(), List.of(), Optional.empty());
    }

    /** Where the segments end. */
    long segmentsEnd() {
        return segments.stream().mapToLong(Segment::used).sum();
    }

    /**
     * Returns the offset of the part that is not full. The bytes after it are written once more when the part is full.
     */
    long tailStart() {
        return segmentsEnd() / partBytes * partBytes;
    }

    UploadState withChunk(String writer, int bytes) {
        List<Run> newRuns = new ArrayList<>(runs);
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.writer().equals(writer)) {
            newRuns.set(runs.size() - 1, new Run(writer, last.from(), last.count() + 1));
        } else {
            newRuns.add(new Run(writer, size, 1));
        }
        return new UploadState(partBytes, size + bytes, segments, newRuns, Optional.empty());
    }

    /** Returns this state with new segments instead of everything after {@link #tailStart}. */
    UploadState withSegments(List<Segment> added) {
        List<Segment> newSegments = new ArrayList<>();
        long left = tailStart();
        for (Segment segment : segments) {
            long used = Math.min(left, segment.used());
            if (used > 0) {
                newSegments.add(new Segment(segment.name(), used, segment.bytes()));
            }
            left -= used;
        }
        newSegments.addAll(added);
        long newSize = newSegments.stream().mapToLong(Segment::used).sum();
        return new UploadState(partBytes, newSize, newSegments, List.of(), Optional.empty());
    }

    UploadState committing(ObjectKey newTarget) {
        return new UploadState(partBytes, size, segments, runs, Optional.of(newTarget));
    }

    UploadState reopened() {
        return new UploadState(partBytes, size, segments, runs, Optional.empty());
    }

    /**
     * Returns the text.
     *
     * @param unique makes it different from every other one, so that no version comes back
     */
    byte[] bytes(String unique) {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        text.append("by ").append(unique).append('\n');
        text.append("part ").append(partBytes).append('\n');
        text.append("size ").append(size).append('\n');
        for (Segment segment : segments) {
            text.append("segment ").append(segment.used()).append(' ').append(segment.bytes());
            text.append(' ').append(segment.name()).append('\n');
        }
        for (Run run : runs) {
            text.append("run ").append(run.from()).append(' ').append(run.count());
            text.append(' ').append(run.writer()).append('\n');
        }
        target.ifPresent(key -> text.append("target ").append(key).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #bytes} made, or returns empty if this is something else. */
    static Optional<UploadState> parse(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(VERSION)) {
            return Optional.empty();
        }
        int partBytes = 0;
        long size = -1;
        List<Segment> segments = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        Optional<ObjectKey> target = Optional.empty();
        try {
            for (String line : lines.subList(1, lines.size())) {
                String[] words = line.split(" ", 2);
                String[] values = words[1].split(" ", 3);
                switch (words[0]) {
                    case "by" -> {}
                    case "part" -> partBytes = Integer.parseInt(words[1]);
                    case "size" -> size = Long.parseLong(words[1]);
                    case "segment" -> segments.add(new Segment(values[2], number(values[0]), number(values[1])));
                    case "run" -> runs.add(new Run(values[2], number(values[0]), (int) number(values[1])));
                    case "target" -> target = Optional.of(ObjectKey.of(words[1]));
                    default -> throw new IllegalArgumentException(line);
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
        return partBytes < 1 || size < 0
                ? Optional.empty()
                : Optional.of(new UploadState(partBytes, size, segments, runs, target));
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }
}
