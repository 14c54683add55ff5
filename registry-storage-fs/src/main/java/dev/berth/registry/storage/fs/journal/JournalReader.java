package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the journal that a process has left which did not close it. */
public final class JournalReader {
    private static final String SUFFIX = ".journal";

    private JournalReader() {}

    /** Takes the entries, in their order. */
    @FunctionalInterface
    public interface Replay {
        /** Makes a change again, or leaves it if something later has changed the file. */
        void apply(JournalEntry entry) throws IOException;
    }

    record Found(long number, Path path) {}

    static Path path(Path directory, long number) {
        return directory.resolve(number + SUFFIX);
    }

    /** Returns the segments in their order. */
    static List<Found> segments(Path directory) throws IOException {
        List<Found> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String number = name.substring(0, name.length() - SUFFIX.length());
                if (number.matches("\\d{1,18}")) {
                    found.add(new Found(Long.parseLong(number), file));
                }
            }
        }
        found.sort(Comparator.comparingLong(Found::number));
        return found;
    }

    /** Returns whether there is a journal that was written before the operating system was started. */
    public static boolean isNeeded(Path directory) throws IOException {
        SegmentHeader now = SegmentHeader.ofThisBoot();
        for (Found found : segments(directory)) {
            try (FileChannel channel = FileChannel.open(found.path)) {
                ByteBuffer head = ByteBuffer.allocate(SegmentHeader.BYTES);
                while (head.hasRemaining() && channel.read(head) >= 0) {
                    // Reads on.
                }
                Optional<SegmentHeader> header = SegmentHeader.decode(head.flip());
                if (header.isPresent() && !now.isSameBoot(header.get())) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Reads all entries that are whole. What follows one that is not whole was never durable, nor was anything that came
     * after it.
     */
    public static void replay(Path directory, Replay replay) throws IOException {
        for (Found found : segments(directory)) {
            ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(found.path));
            if (SegmentHeader.decode(content).isEmpty()) {
                continue;
            }
            Optional<JournalEntry> entry = EntryCodec.decode(content);
            while (entry.isPresent()) {
                replay.apply(entry.get());
                entry = EntryCodec.decode(content);
            }
        }
    }
}
