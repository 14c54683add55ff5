package dev.berth.registry.storage.fs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of its own in memory, with little room. It needs Linux, and tests that run as root. */
final class MemoryDisk implements AutoCloseable {
    /** Each takes some milliseconds. */
    private static final int UNMOUNT_ATTEMPTS = 200;

    private final Path directory;

    private MemoryDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one, or returns empty if that is not allowed here. */
    static Optional<MemoryDisk> mount(Path parent, String options) throws IOException {
        Path directory = Files.createTempDirectory(parent, "disk");
        boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString());
        return mounted ? Optional.of(new MemoryDisk(directory)) : Optional.empty();
    }

    /** Mounts one, or skips the test. */
    static MemoryDisk need(Path parent, String options) throws IOException {
        Optional<MemoryDisk> disk = mount(parent, options);
        assumeTrue(disk.isPresent(), "Only root on Linux can mount a small disk");
        return disk.get();
    }

    Path directory() {
        return directory;
    }

    /** Tries for a while: a process that another thread starts has every open file for a moment. */
    @Override
    public void close() throws IOException {
        for (int attempt = 0; !run("umount", directory.toString()); attempt++) {
            if (attempt == UNMOUNT_ATTEMPTS) {
                throw new IOException("The disk at " + directory + " cannot be unmounted: something is open on it");
            }
        }
    }

    static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
