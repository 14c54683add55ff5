package dev.berth.examples.benchmarks.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that runs.
 *
 * @param uri where it answers
 * @param process the process, if the harness can see it
 * @param directory where it stores, if the harness gave it a directory
 * @param start the time from the start of its process to its first answer
 */
public record Server(URI uri, Optional<ServerProcess> process, Optional<Path> directory, Duration start)
        implements AutoCloseable {
    /** What it has used until now; nothing if its process is not known. */
    public Usage usage() {
        return process.map(ServerProcess::usage).orElse(Usage.UNKNOWN);
    }

    @Override
    public void close() {
        process.ifPresent(ServerProcess::close);
    }
}
