package dev.berth.registry.storage.fs.journal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the journal, also one that a process has left which did not close it. */
public final class JournalReader {
    private static final String SUFFIX = ".journal";

    /** Says that syncing has failed, so that the system may have dropped what it had in memory. */
    private static final String FAILED = "failed";

    private JournalReader() {}

    /** Takes the entries, in their order. */
    @FunctionalInterface
    public interface Replay {
        /** Makes a change again, or leaves it if something later has changed the file. */
        void apply(JournalEntry entry) throws IOException;
    }

    record Found(SegmentHeader header, Path path) {}

    static Path path(Path directory, long file) {
        return directory.resolve(file + SUFFIX);
    }

    static Path failed(Path directory) {
        return directory.resolve(FAILED);
    }

    /** Returns all files of the journal. */
    static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            found.forEach(files::add);
        }
        return files;
    }

    /** Returns the segments in their order. */
    static List<Found> segments(Path directory) throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path file : files(directory)) {
            find(file).ifPresent(found::add);
        }
        found.sort(Comparator.comparingLong(segment -> segment.header.number()));
        return found;
    }

    /** Returns the segment in a file, if it has a whole header. */
    static Optional<Found> find(Path file) throws IOException {
        try (DataInputStream input = new DataInputStream(Files.newInputStream(file))) {
            return SegmentHeader.decode(input.readNBytes(SegmentHeader.BYTES)).map(header -> new Found(header, file));
        }
    }

    /** Returns whether files may lack changes that the journal has. */
    static boolean isNeeded(Path directory, List<Found> segments) {
        return Files.exists(failed(directory))
                || segments.stream().anyMatch(segment -> !segment.header.isOf(segment.path));
    }

    /**
     * Reads all entries of a segment that are whole. A frame that is not was never durable, nor was anything that comes
     * after it.
     */
    static void read(Found segment, Replay replay) throws IOException {
        readWhile(segment, entry -> {
            replay.apply(entry);
            return true;
        });
    }

    /** Takes entries as long as more are wanted, or a few more. */
    interface Reading {
        /** Returns whether more are wanted. */
        boolean take(JournalEntry entry) throws IOException;
    }

    /** As {@link #read}, as long as more are wanted. */
    static void readWhile(Found segment, Reading reading) throws IOException {
        long left = Files.size(segment.path) - SegmentHeader.BYTES;
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(segment.path)))) {
            input.skipNBytes(SegmentHeader.BYTES);
            Optional<byte[]> frame = frame(segment.header.number(), left, input);
            while (frame.isPresent() && EntryCodec.read(frame.get(), reading)) {
                left -= Segment.FRAME_HEAD + frame.get().length;
                frame = frame(segment.header.number(), left, input);
            }
        }
    }

    private static Optional<byte[]> frame(long number, long left, DataInputStream input) throws IOException {
        if (left < Segment.FRAME_HEAD) {
            return Optional.empty();
        }
        try {
            int length = input.readInt();
            int ofLength = input.readInt();
            int ofEntries = input.readInt();
            if (length <= 0
                    || length > left - Segment.FRAME_HEAD
                    || ofLength != Segment.checksum(number, length, new byte[0])) {
                return Optional.empty();
            }
            byte[] entries = new byte[length];
            input.readFully(entries);
            return ofEntries == Segment.checksum(number, length, entries) ? Optional.of(entries) : Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        }
    }
}
