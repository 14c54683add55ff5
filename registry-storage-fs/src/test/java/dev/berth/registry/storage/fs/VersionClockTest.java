package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No two files get the same time, whatever the clock and the disk do. */
class VersionClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.createFile(directory.resolve("file"));
    }

    @Test
    void isTheTimeOfTheClock() throws IOException {
        VersionClock versions = new VersionClock(now::get, new DiskTraits(true, true, true));
        FileTime time = versions.stamp(file);
        assertThat(time.toInstant()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        now.set(START.plusSeconds(60));
        assertThat(versions.stamp(file).toInstant()).isEqualTo(Instant.parse("2026-01-01T00:01:00.123456Z"));
    }

    @Test
    void isNeverTheSame() throws IOException {
        for (boolean fineTimes : new boolean[] {true, false}) {
            VersionClock versions = new VersionClock(now::get, new DiskTraits(true, true, fineTimes));
            Set<FileTime> seen = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                now.set(i % 10 == 0 ? START.minusSeconds(i) : START.plusNanos(i));
                assertThat(seen.add(versions.stamp(file))).isTrue();
            }
        }
    }

    @Test
    void hasWholeSecondsWhereTheDiskKeepsNoMore() throws IOException {
        VersionClock versions = new VersionClock(now::get, new DiskTraits(true, true, false));
        Instant first = versions.stamp(file).toInstant();
        assertThat(Duration.between(first, START)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
        for (int i = 1; i < 5; i++) {
            Instant time = versions.stamp(file).toInstant();
            assertThat(time.getEpochSecond() % 2).isZero();
            assertThat(time.getNano()).isZero();
            assertThat(time).isEqualTo(first.plusSeconds(2L * i));
        }
    }
}
