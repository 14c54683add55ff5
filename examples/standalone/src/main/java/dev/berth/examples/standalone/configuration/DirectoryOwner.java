package dev.berth.examples.standalone.configuration;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells why a directory cannot be written that belongs to somebody else, as one that is mounted into a container often does. */
final class DirectoryOwner {
    private static final Path SELF = Path.of("/proc/self");

    private DirectoryOwner() {}

    /** Returns the failure, with what to do if the owner is the reason. */
    static IOException explain(IOException failure, Path directory) {
        if (!isDenied(failure)) {
            return failure;
        }
        return user(nearest(directory))
                .flatMap(owner -> user(SELF)
                        .filter(self -> !self.equals(owner))
                        .map(self -> new IOException(failure.getMessage() + ". It belongs to user " + owner
                                + ", and Berth runs as user " + self + ": give it to that one (chown -R " + self + " "
                                + directory + "), or run Berth as user " + owner
                                + " (of a container: chown the directory that is mounted, or --user " + owner + ")")))
                .orElse(failure);
    }

    private static boolean isDenied(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException) {
                return true;
            }
        }
        return false;
    }

    /** Returns the directory, or the one in which it would be made. */
    private static Path nearest(Path directory) {
        Path path = directory.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    /** Returns who owns a file; nothing where the system has no numbers for that. */
    private static Optional<String> user(Path path) {
        try {
            return Optional.of(String.valueOf(Files.getAttribute(path, "unix:uid")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
