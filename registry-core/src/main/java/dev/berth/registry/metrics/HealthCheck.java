package dev.berth.registry.metrics;

import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Finds out whether something works that the registry needs. It may block: {@link Health} calls each in a thread of its own,
 * and counts one that does not end as failed.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Returns if all is well.
     *
     * @throws UnhealthyException if it is not; its message is shown
     * @throws Exception if it is not; what is shown is only that the check has failed, and the log has the rest
     */
    void check() throws Exception;

    /** Returns a check whether a store answers: {@link ObjectStore#checkHealth}. */
    static HealthCheck store(ObjectStore store) {
        return Objects.requireNonNull(store, "store")::checkHealth;
    }

    /**
     * Returns a check whether the disk has room.
     *
     * @param directory a directory on that disk
     * @param bytes how much there must be, for this process to use
     */
    static HealthCheck room(Path directory, long bytes) {
        Objects.requireNonNull(directory, "directory");
        return () -> {
            FileStore disk = Files.getFileStore(directory);
            if (disk.getUsableSpace() < bytes) {
                throw new UnhealthyException("The disk is nearly full");
            }
        };
    }

    /** Returns a check that fails while a file exists, by which an operator takes a server out of service. */
    static HealthCheck file(Path file) {
        Objects.requireNonNull(file, "file");
        return () -> {
            if (Files.exists(file)) {
                throw new UnhealthyException("The file exists that takes this server out of service");
            }
        };
    }

    /** Returns a check whether another server can be connected to, within a time. */
    static HealthCheck tcp(String host, int port, Duration timeout) {
        InetSocketAddress named = InetSocketAddress.createUnresolved(host, port);
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(named.getHostString(), named.getPort()), HttpCheck.millis(timeout));
            } catch (IOException e) {
                throw (UnhealthyException) new UnhealthyException("The server cannot be connected to").initCause(e);
            }
        };
    }
}
