package dev.berth.registry.scan.advisory;

import dev.berth.registry.client.http.LocalServers;
import dev.berth.registry.internal.transport.BodyFailedException;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.OutgoingRequest;
import dev.berth.registry.internal.transport.ProxySettings;
import dev.berth.registry.internal.transport.TlsTrust;
import dev.berth.registry.internal.transport.TransportOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches feeds into files, if they have changed. A file is replaced when the new one is there as a whole. Redirects are not
 * followed. For one thread at a time.
 */
final class FeedDownload {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(60);
    private static final Duration STALL = Duration.ofSeconds(60);
    /** Even if a byte comes now and then. */
    private static final Duration LONGEST = Duration.ofHours(2);

    private static final int BYTES_PER_SECOND = 1024;
    private static final int MOST_INTERIM = 3;
    private static final int MOST_CONNECTIONS = 2;
    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_VALIDATOR = 1_000;
    private static final String VALIDATORS = ".validators";
    private static final String PARTIAL = ".partial";
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final Path directory;
    private final InstantSource clock;

    FeedDownload(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Returns the file that a feed is kept in, whether or not it was fetched. */
    Path file(AdvisoryFeed feed) {
        return directory.resolve(feed.fileName());
    }

    /**
     * Fetches a feed.
     *
     * @throws IOException if it cannot be had; the message is a sentence, and the file of before is still there
     */
    void fetch(AdvisoryFeed feed) throws IOException {
        Files.createDirectories(directory);
        Origin origin = Origin.of(feed.address());
        LocalServers local = new LocalServers(origin, other -> false);
        try (HttpTransport transport = new HttpTransport(new TransportOptions(
                        CONNECT,
                        FIRST_BYTE,
                        STALL,
                        BYTES_PER_SECOND,
                        MOST_INTERIM,
                        MOST_CONNECTIONS,
                        CONNECT,
                        "berth",
                        TlsTrust.builder().build(),
                        ProxySettings.ofThisProcess(),
                        local));
                IncomingResponse response = transport.exchange(request(feed))) {
            switch (response.status()) {
                case OK -> save(feed, response);
                case NOT_MODIFIED -> {
                    // What is here is what is there.
                }
                default ->
                    throw new IOException(feed.shown() + " answered with status " + response.status()
                            + (response.status() / 100 == 3 ? "; redirects are not followed for advisories" : ""));
            }
        } catch (BodyFailedException e) {
            throw new IOException("The request to " + feed.shown() + " cannot be sent", e);
        }
    }

    private OutgoingRequest request(AdvisoryFeed feed) throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Accept", "application/zip, application/json, */*"));
        if (Files.exists(file(feed))) {
            headers.addAll(validators(feed));
        }
        return new OutgoingRequest("GET", feed.address(), headers, Optional.empty());
    }

    private List<Map.Entry<String, String>> validators(AdvisoryFeed feed) throws IOException {
        try {
            List<Map.Entry<String, String>> headers = new ArrayList<>();
            List<String> lines = Files.readAllLines(sibling(feed, VALIDATORS), StandardCharsets.ISO_8859_1);
            add("If-None-Match", lines, 0, headers);
            add("If-Modified-Since", lines, 1, headers);
            return headers;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void add(String name, List<String> lines, int line, List<Map.Entry<String, String>> headers) {
        if (line < lines.size() && !lines.get(line).isEmpty()) {
            headers.add(Map.entry(name, lines.get(line)));
        }
    }

    private void save(AdvisoryFeed feed, IncomingResponse response) throws IOException {
        if (response.bodyLength().orElse(0) > feed.largest()) {
            throw tooLarge(feed);
        }
        Path partial = Files.createTempFile(directory, feed.fileName(), PARTIAL);
        try {
            try (FileChannel target = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                copy(feed, response, target);
                target.force(true);
            }
            // Before the file: a crash between them fetches it once more, rather than never again.
            Files.deleteIfExists(sibling(feed, VALIDATORS));
            Files.move(partial, file(feed), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            String validators = validator(response, "ETag") + "\n" + validator(response, "Last-Modified") + "\n";
            Files.writeString(sibling(feed, VALIDATORS), validators, StandardCharsets.ISO_8859_1);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void copy(AdvisoryFeed feed, IncomingResponse response, FileChannel target) throws IOException {
        Instant end = clock.instant().plus(LONGEST);
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int read = response.read(buffer, 0, BUFFER); read >= 0; read = response.read(buffer, 0, BUFFER)) {
            bytes += read;
            if (bytes > feed.largest()) {
                throw tooLarge(feed);
            }
            if (clock.instant().isAfter(end)) {
                throw new IOException(feed.shown() + " sends too slowly: it was not complete after " + LONGEST);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("The thread was interrupted while it fetched " + feed.shown());
            }
            ByteBuffer written = ByteBuffer.wrap(buffer, 0, read);
            while (written.hasRemaining()) {
                target.write(written);
            }
        }
    }

    private static IOException tooLarge(AdvisoryFeed feed) {
        return new IOException(feed.shown() + " has more than " + feed.largest() + " bytes");
    }

    /** It goes back into a header. */
    private static String validator(IncomingResponse response, String name) {
        return response.header(name)
                .filter(value -> value.length() <= LONGEST_VALIDATOR)
                .filter(value -> value.chars().allMatch(c -> c >= ' ' && c < 0x7f))
                .orElse("");
    }

    private Path sibling(AdvisoryFeed feed, String suffix) {
        return directory.resolve(feed.fileName() + suffix);
    }
}
