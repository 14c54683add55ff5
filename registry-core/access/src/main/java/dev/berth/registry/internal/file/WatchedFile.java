package dev.berth.registry.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a small file says. A change of the file counts the next time that it is asked for. While the file is absent, cannot be
 * read or is wrong, what it said before stays, and the log says so once for each change. Thread-safe.
 *
 * @param <T> what the content becomes; immutable
 */
public final class WatchedFile<T> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);
    private static final long LONGEST = 1 << 20;

    private final Path file;
    private final Function<byte[], T> parser;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Content<T> content;
    private volatile String reported = "";

    @SuppressWarnings("ArrayRecordComponent") // compared by its bytes
    private record Content<T>(FileVersion version, boolean settled, byte[] bytes, T value) {}

    private WatchedFile(Path file, Function<byte[], T> parser) throws IOException {
        this.file = file;
        this.parser = parser;
        FileVersion version = FileVersion.of(file);
        byte[] bytes = read(version);
        this.content = new Content<>(version, !version.mayHideAChange(Instant.now()), bytes, parser.apply(bytes));
    }

    /**
     * Reads a file.
     *
     * @param parser throws IllegalArgumentException, with a message that names the file
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if its content is wrong
     */
    public static <T> WatchedFile<T> open(Path file, Function<byte[], T> parser) throws IOException {
        return new WatchedFile<>(file, parser);
    }

    private byte[] read(FileVersion version) throws IOException {
        if (version.size() > LONGEST) {
            throw new IOException("The file " + file + " has " + version.size() + " bytes; it may have " + LONGEST);
        }
        return Files.readAllBytes(file);
    }

    /** Returns what the file says now, or said when it was last right. */
    public T current() {
        Content<T> known = content;
        try {
            FileVersion version = FileVersion.of(file);
            return version.equals(known.version) && known.settled ? known.value : changed(version);
        } catch (IOException | IllegalArgumentException e) {
            report(e);
            return known.value;
        }
    }

    private T changed(FileVersion version) throws IOException {
        lock.lock();
        try {
            byte[] bytes = read(version);
            Content<T> known = content;
            boolean settled = !version.mayHideAChange(Instant.now());
            T value = Arrays.equals(bytes, known.bytes) ? known.value : parser.apply(bytes);
            content = new Content<>(version, settled, bytes, value);
            reported = "";
            return value;
        } finally {
            lock.unlock();
        }
    }

    private void report(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (!message.equals(reported)) {
            reported = message;
            LOG.warn("What the file {} said before stays in force: {}", file, e.toString());
        }
    }
}
