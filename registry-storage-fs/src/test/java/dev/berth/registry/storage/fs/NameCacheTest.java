package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are read once as long as nothing changes, and again when something has. */
class NameCacheTest {
    private static final int NAMES = 500;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().plusSeconds(3600));

    @TempDir
    private Path directory;

    private DiskTraits disk;
    private NameCache cache;

    @BeforeEach
    void fill() throws IOException {
        disk = DiskTraits.probe(directory, FileModes.of(FileStorageOptions.defaults(), directory));
        for (int i = 0; i < NAMES; i++) {
            Files.createFile(directory.resolve(name(i)));
        }
        cache = cache(NAMES, 1_000_000);
    }

    private NameCache cache(int limit, long maxWeight) {
        InstantSource clock = now::get;
        return new NameCache(new DirectoryReader(disk, limit, 1_000_000), clock, maxWeight);
    }

    @Test
    void readsABigDirectoryOnce() throws IOException {
        DirectoryNames first = cache.names(directory, "");
        assertThat(names(first)).hasSize(NAMES).startsWith(name(0)).endsWith(name(NAMES - 1));
        assertThat(cache.names(directory, "")).isSameAs(first);
        assertThat(cache.names(directory, name(250))).isSameAs(first);
        assertThat(cache.names(directory, "zzz")).isSameAs(first);
    }

    @Test
    void readsAgainWhenOthersHaveChangedIt() throws IOException {
        DirectoryNames first = cache.names(directory, "");
        Files.createFile(directory.resolve("new"));
        DirectoryNames second = cache.names(directory, "");
        assertThat(names(second)).hasSize(NAMES + 1).contains("new");
        assertThat(cache.names(directory, "")).isSameAs(second).isNotSameAs(first);
        Files.delete(directory.resolve(name(7)));
        assertThat(names(cache.names(directory, ""))).hasSize(NAMES).doesNotContain(name(7));
    }

    @Test
    void isNotDeceivedByATimeThatWasSetBack() throws IOException {
        FileTime before = Files.getLastModifiedTime(directory);
        cache.names(directory, "");
        Files.createFile(directory.resolve("new"));
        Files.setLastModifiedTime(directory, before);
        assertThat(names(cache.names(directory, ""))).contains("new");
    }

    @Test
    void isNotDeceivedByAnotherDirectoryInItsPlace() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Path other = Files.createDirectory(directory.resolve("other"));
        for (int i = 0; i < NAMES; i++) {
            Files.createFile(inner.resolve(name(i)));
            Files.createFile(other.resolve("other" + i));
        }
        cache.names(inner, "");
        Files.move(inner, directory.resolve("away"));
        Files.move(other, inner);
        assertThat(names(cache.names(inner, ""))).hasSize(NAMES).allMatch(name -> name.startsWith("other"));
    }

    @Test
    void doesNotTrustTheTimeOfAChangeThatIsYoung() throws IOException {
        now.set(Files.getLastModifiedTime(directory).toInstant().plusMillis(1));
        DirectoryNames first = cache.names(directory, "");
        DirectoryNames second = cache.names(directory, "");
        assertThat(second).as("read again").isNotSameAs(first);
        now.set(now.get().plus(Duration.ofSeconds(10)));
        DirectoryNames third = cache.names(directory, "");
        assertThat(cache.names(directory, "")).isSameAs(third);
    }

    @Test
    void forgetsWhatThisStoreChanges() throws IOException {
        List<Runnable> changes = List.of(
                () -> cache.filesChanged(directory),
                () -> cache.fileReplaced(directory.resolve(name(3))),
                () -> cache.directoriesChanged(directory));
        for (Runnable change : changes) {
            DirectoryNames before = cache.names(directory, "");
            assertThat(cache.names(directory, "")).isSameAs(before);
            change.run();
            assertThat(cache.names(directory, "")).isNotSameAs(before);
        }
        DirectoryNames kept = cache.names(directory, "");
        cache.filesChanged(directory.resolve("inner"));
        cache.directoriesChanging(directory);
        assertThat(cache.names(directory, "")).isSameAs(kept);
    }

    @Test
    void aMissingDirectoryHasNoNames() throws IOException {
        assertThat(cache.names(directory.resolve("missing"), "").size()).isZero();
        assertThat(cache.names(directory.resolve(name(0)), "").size()).isZero();
    }

    @Test
    void doesNotKeepSmallDirectories() throws IOException {
        Path small = Files.createDirectory(directory.resolve("small"));
        Files.createFile(small.resolve("a"));
        assertThat(cache.names(small, "")).isNotSameAs(cache.names(small, ""));
    }

    @Test
    void keepsWhatWasUsedLastWithinItsBound() throws IOException {
        List<Path> directories = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path inner = Files.createDirectory(directory.resolve("inner" + i));
            for (int j = 0; j < NAMES; j++) {
                Files.createFile(inner.resolve(name(j)));
            }
            directories.add(inner);
        }
        long weight = cache.names(directories.get(0), "").weight();
        NameCache two = cache(NAMES, 2 * weight);
        DirectoryNames first = two.names(directories.get(0), "");
        DirectoryNames second = two.names(directories.get(1), "");
        assertThat(two.names(directories.get(0), "")).isSameAs(first);
        two.names(directories.get(2), "");
        assertThat(two.names(directories.get(0), "")).as("used lately").isSameAs(first);
        assertThat(two.names(directories.get(1), "")).as("used long ago").isNotSameAs(second);

        NameCache none = cache(NAMES, weight - 1);
        assertThat(none.names(directories.get(0), "")).isNotSameAs(none.names(directories.get(0), ""));
    }

    @Test
    void readsAHugeDirectoryInWindows() throws IOException {
        NameCache windows = cache(100, 1_000_000);
        List<String> names = new ArrayList<>();
        int reads = 0;
        DirectoryNames window = windows.names(directory, "");
        DirectoryCursor cursor = new DirectoryCursor(windows, directory, "", "");
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            names.add(name);
            DirectoryNames current = windows.names(directory, name);
            if (current != window) {
                reads++;
                window = current;
            }
        }
        assertThat(names)
                .isEqualTo(
                        IntStream.range(0, NAMES).mapToObj(NameCacheTest::name).toList());
        assertThat(reads).isBetween(2, 6);
    }

    private static String name(int i) {
        return String.format("name%04d", i);
    }

    private static List<String> names(DirectoryNames names) {
        return IntStream.range(0, names.size()).mapToObj(names::name).toList();
    }
}
