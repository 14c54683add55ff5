package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Opening a store: what is refused, in one sentence, and what is put in order. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FileObjectStoreOpeningTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b");

    @TempDir
    private Path directory;

    /** Holds the store in the directory that it is given until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            FileObjectStore.open(Path.of(arguments[0]));
            System.out.println("open");
            System.in.read();
        }
    }

    /** Tries to open the store in the directory that it is given. */
    static final class Opener {
        public static void main(String[] arguments) throws IOException {
            try (FileObjectStore store = FileObjectStore.open(Path.of(arguments[0]))) {
                System.out.println("opened " + store);
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void makesTheDirectoryAndThoseAboveIt() throws IOException {
        Path root = directory.resolve("new/and/deep");
        try (FileObjectStore store = FileObjectStore.open(root)) {
            store.put(KEY, new byte[] {1}, PutCondition.always());
        }
        assertThat(root.resolve("a/b")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatIOException()
                .isThrownBy(() -> FileObjectStore.open(file))
                .withMessage("'" + file + "' is a file: the store needs a directory");
    }

    @Test
    void refusesADirectoryThatCannotBeMade() throws IOException {
        Path below = Files.createFile(directory.resolve("file")).resolve("below");
        assertThatIOException()
                .isThrownBy(() -> FileObjectStore.open(below))
                .withMessageStartingWith("The directory '" + below + "' cannot be created: ");
    }

    @Test
    void refusesADirectoryThatCannotBeWritten() {
        Path unwritable = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(unwritable), "There is no directory that even root cannot write to");
        assertThatIOException()
                .isThrownBy(() -> FileObjectStore.open(unwritable))
                .withMessage("The directory '/proc/self' cannot be written: the system refuses to make files there");
    }

    @Test
    void refusesAnotherFileSystem() throws IOException {
        URI archive = URI.create("jar:" + directory.resolve("archive.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FileObjectStore.open(zip.getPath("/root")))
                    .withMessageContaining("/root");
        }
    }

    @Test
    void refusesASecondStoreInTheSameProcess() throws Exception {
        try (FileObjectStore store = FileObjectStore.open(directory)) {
            for (int i = 0; i < 2; i++) {
                assertThatIOException()
                        .isThrownBy(() -> FileObjectStore.open(directory))
                        .withMessage("The directory '" + directory
                                + "' is in use by this process already: stop that one or choose another directory");
            }
            store.put(KEY, new byte[1], PutCondition.always());
            try (ChildJvm other = ChildJvm.start(Opener.class, directory)) {
                assertThat(other.line())
                        .as("what another process is told, after this one has tried in vain")
                        .isEqualTo("The directory '" + directory + "' is in use by process "
                                + ProcessHandle.current().pid() + ": stop that one or choose another directory");
            }
        }
        try (ChildJvm other = ChildJvm.start(Opener.class, directory)) {
            assertThat(other.line()).isEqualTo("opened FileObjectStore[" + directory.toRealPath() + "]");
        }
    }

    @Test
    void refusesADirectoryOfAnotherProcessUntilThatIsDead() throws Exception {
        try (ChildJvm holder = ChildJvm.start(Holder.class, directory)) {
            assertThat(holder.line()).isEqualTo("open");
            for (int i = 0; i < 2; i++) {
                assertThatIOException()
                        .isThrownBy(() -> FileObjectStore.open(directory))
                        .withMessage("The directory '" + directory + "' is in use by process " + holder.pid()
                                + ": stop that one or choose another directory");
            }
            holder.kill();
        }
        try (FileObjectStore store = FileObjectStore.open(directory)) {
            assertThat(store.stat(KEY)).isEmpty();
            assertThat(names(directory))
                    .hasSize(5)
                    .contains(".berth-lock", ".berth-tmp", ".berth-reserve", ".berth-journal");
        }
        assertThat(names(directory)).containsExactlyInAnyOrder(".berth-lock", ".berth-tmp", ".berth-reserve");
        assertThat(directory.resolve(".berth-lock")).isEmptyFile();
    }

    @Test
    void opensAgainAfterItWasClosed() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (FileObjectStore store = FileObjectStore.open(directory)) {
                assertThat(store.put(KEY, new byte[1], PutCondition.ifAbsent()).isPresent())
                        .isEqualTo(i == 0);
            }
        }
    }

    @Test
    void opensAgainAfterItCouldNotBeOpened() throws IOException {
        Path temp = Files.createFile(directory.resolve(".berth-tmp"));
        assertThatIOException().isThrownBy(() -> FileObjectStore.open(directory));
        Files.delete(temp);
        FileObjectStore.open(directory).close();
    }

    @Test
    void followsALinkToItsDirectory() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        String identity;
        try (FileObjectStore store = FileObjectStore.open(link)) {
            identity = store.identity();
            store.put(KEY, new byte[1], PutCondition.always());
        }
        try (FileObjectStore store = FileObjectStore.open(real)) {
            assertThat(store.identity()).isEqualTo(identity);
            assertThat(store.stat(KEY)).isPresent();
        }
    }

    @Test
    void deletesWhatACrashHasLeft() throws IOException {
        Path temp = Files.createDirectory(directory.resolve(".berth-tmp"));
        Files.write(temp.resolve("17"), new byte[1000]);
        Files.createDirectories(temp.resolve("probe-directory/directory"));
        Files.createFile(directory.resolve(".berth-lock-1-1700000000000"));
        try (FileObjectStore store = FileObjectStore.open(directory)) {
            assertThat(names(temp)).isEmpty();
        }
        assertThat(names(directory)).containsExactlyInAnyOrder(".berth-lock", ".berth-tmp", ".berth-reserve");
    }

    @Test
    void findsOutThatADiskDoesNotTellUpperFromLowerCase() throws IOException {
        DiskTraits.probe(directory, FileModes.of(FileStorageOptions.defaults(), directory));
        assertThat(names(directory)).isEmpty();
        // To such a disk, this is the file that the probe makes.
        Files.createFile(directory.resolve("PROBE"));
        assertThatIOException()
                .isThrownBy(() -> DiskTraits.probe(directory, FileModes.of(FileStorageOptions.defaults(), directory)))
                .isInstanceOf(DiskTraits.CaseInsensitiveException.class);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
