package dev.berth.registry.storage.fs.journal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
        for (Path file : files) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("'" + file + "' is where files of the journal are, and is none: move it away");
            }
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
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(SegmentHeader.BYTES);
        }
        Optional<SegmentHeader> header = SegmentHeader.decode(bytes);
        if (header.isEmpty() && bytes.length == SegmentHeader.BYTES) {
            new LostFrames(file, SegmentHeader.number(bytes)).refuse(SegmentHeader.BYTES);
        }
        return header.map(whole -> new Found(whole, file));
    }

    /** Refuses a segment that was damaged after it had been written. */
    static void requireUndamaged(Found segment) throws IOException {
        long end = read(segment, entry -> {});
        new LostFrames(segment.path, segment.header.number()).refuse(end);
    }

    /** Returns whether files may lack changes that the journal has. */
    static boolean isNeeded(Path directory, List<Found> segments) {
        return Files.exists(failed(directory))
                || segments.stream().anyMatch(segment -> !segment.header.isOf(segment.path));
    }

    /**
     * Reads all entries of a segment that are whole, and returns where they end. A frame that is not was never durable, nor
     * was anything that comes after it.
     */
    static long read(Found segment, Replay replay) throws IOException {
        return readWhile(segment, entry -> {
            replay.apply(entry);
            return true;
        });
    }

    /** Takes entries as long as more are wanted, or a few more. */
    interface Reading {
        /** Returns whether more are wanted. */
        boolean take(JournalEntry entry) throws IOException;
    }

    /** As {@link #read}, as long as more are wanted, and returns where what was taken ends. */
    static long readWhile(Found segment, Reading reading) throws IOException {
        long size = Files.size(segment.path);
        long left = size - SegmentHeader.BYTES;
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(segment.path)))) {
            input.skipNBytes(SegmentHeader.BYTES);
            Optional<byte[]> frame = frame(segment.header.number(), left, input);
            while (frame.isPresent() && EntryCodec.read(frame.get(), reading)) {
                left -= Segment.FRAME_HEAD + frame.get().length;
                frame = frame(segment.header.number(), left, input);
            }
        }
        return size - left;
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
