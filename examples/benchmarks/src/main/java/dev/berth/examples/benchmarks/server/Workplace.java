package dev.berth.examples.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/** Where servers store. At the end, and on Ctrl-C, servers are killed and directories removed. */
public final class Workplace implements AutoCloseable {
    private final Deque<Server> servers = new ArrayDeque<>();
    private final Deque<Path> directories = new ArrayDeque<>();
    private boolean closed;

    /** Cleans up when the process ends, however that comes. */
    public Workplace() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "clean up"));
    }

    /** Makes an empty directory in another one. */
    public synchronized Path directory(Path parent) throws IOException {
        requireOpen();
        Path directory = Files.createTempDirectory(Files.createDirectories(parent), "berth-benchmarks-");
        directories.push(directory);
        return directory;
    }

    /** Starts a server. */
    public Server start(Peer peer, Setting setting) throws IOException, InterruptedException {
        Server server = peer.start(setting);
        synchronized (this) {
            servers.push(server);
            if (closed) {
                server.close();
            }
        }
        return server;
    }

    /** Ends a server. */
    public synchronized void stop(Server server) {
        servers.remove(server);
        server.close();
    }

    /** Removes a directory. */
    public synchronized void remove(Path directory) throws IOException {
        directories.remove(directory);
        delete(directory);
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!servers.isEmpty()) {
            servers.pop().close();
        }
        // A server that is just starting, and the load generator.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        while (!directories.isEmpty()) {
            try {
                delete(directories.pop());
            } catch (IOException e) {
                System.err.println("Not removed: " + e);
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("Stopped");
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Gone already.
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
