package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives each written file a unique modification time, which is the version of the object. The times that the system
 * sets are not unique: they advance every few milliseconds only, and inode numbers are reused at once.
 *
 * <p>On a disk that stores whole seconds only, the times of a busy store run ahead of the clock.
 */
final class VersionClock {
    private final InstantSource clock;
    private final long tickMicros;
    private final AtomicLong last = new AtomicLong();

    VersionClock(InstantSource clock, DiskTraits disk) {
        this.clock = clock;
        this.tickMicros = disk.fineTimes() ? 1 : TimeUnit.SECONDS.toMicros(2);
    }

    /** Sets the modification time of a file to one that no other file gets. */
    FileTime stamp(Path file) throws IOException {
        FileTime time = FileTime.from(nextMicros(), TimeUnit.MICROSECONDS);
        // Without the time of access, the system would be asked for it first.
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(time, time, null);
        return time;
    }

    /** Returns a time that no file gets, in microseconds since 1970: later than all that files got before. */
    long nextMicros() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return last.updateAndGet(previous -> Math.max(previous + tickMicros, now - Math.floorMod(now, tickMicros)));
    }
}
