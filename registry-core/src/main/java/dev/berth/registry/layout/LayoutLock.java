package dev.berth.registry.layout;

import com.google.common.collect.MapMaker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one writer at a time change a layout in a directory. Writers in this process take turns by a lock in memory, those
 * of several processes by the operating system's lock on the file {@code oci-layout}, which nobody ever replaces.
 * Thread-safe; may be taken again by the thread that has it.
 */
final class LayoutLock {
    /** Far behind the end of the file: where locks are binding, readers are not kept from it. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** One lock for a directory, whatever object writes there. */
    private static final ConcurrentMap<Path, ReentrantLock> WRITERS =
            new MapMaker().weakValues().makeMap();

    private final Path file;
    private final ReentrantLock writers;

    /**
     * Makes the lock of a directory.
     *
     * @param directory must exist
     * @param name the name of a file in it
     */
    LayoutLock(Path directory, String name) throws IOException {
        this.file = directory.resolve(name);
        this.writers = WRITERS.computeIfAbsent(directory.toRealPath(), path -> new ReentrantLock());
    }

    /** Runs something that no change by whatever process comes between. */
    <T> T exclusively(Layout.Call<T> call) throws IOException {
        return alone(() -> {
            if (writers.getHoldCount() > 1) {
                return call.run();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock(LOCKED_BYTE, 1, false)) {
                return call.run();
            }
        });
    }

    /**
     * Runs something that reads the locked file: on POSIX systems closing any file ends the locks that this process has
     * on it.
     */
    <T> T alone(Layout.Call<T> call) throws IOException {
        writers.lock();
        try {
            return call.run();
        } finally {
            writers.unlock();
        }
    }
}
