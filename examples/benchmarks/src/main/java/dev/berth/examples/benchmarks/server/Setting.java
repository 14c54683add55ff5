package dev.berth.examples.benchmarks.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server stores, and how it is reached.
 *
 * @param directory an empty directory of its own
 * @param tls what it serves HTTPS with; empty for HTTP
 * @param place what kind of storage the directory is in
 */
public record Setting(Path directory, Optional<Certificate> tls, Place place) {
    /** What kind of storage. */
    public enum Place {
        /** A disk. */
        DISK,
        /** Memory: what is durable makes no difference. */
        MEMORY
    }

    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** The address of a server that listens on this port of this machine. */
    URI address(int port) {
        return URI.create(scheme() + "://127.0.0.1:" + port);
    }
}
