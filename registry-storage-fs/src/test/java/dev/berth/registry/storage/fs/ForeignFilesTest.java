package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that others have put into the directory: objects where they can be, and otherwise as if they were not there.
 */
class ForeignFilesTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b/c");

    @TempDir
    private Path temp;

    private Path root;
    private FileObjectStore store;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(temp.resolve("root"));
        store = FileObjectStore.open(root);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aFileIsTheObjectOfItsPath() throws IOException {
        write("a/b/c", "by hand");
        try (ObjectContent content = store.open(KEY).orElseThrow()) {
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("by hand");
            assertThat(content.stat()).isEqualTo(store.stat(KEY).orElseThrow());
            assertThat(content.stat().lastModified())
                    .isEqualTo(Files.getLastModifiedTime(root.resolve("a/b/c")).toInstant());
        }
        store.put(ObjectKey.of("a/b/d"), new byte[] {7}, PutCondition.ifAbsent());
        assertThat(root.resolve("a/b/d")).hasBinaryContent(new byte[] {7});
        assertThat(tree()).containsExactly("a/b/c", "a/b/d");
    }

    @Test
    void whatOthersChangeIsAnotherVersion() throws IOException {
        write("a/b/c", "one");
        var version = store.stat(KEY).orElseThrow().version();
        write("a/b/c", "three");
        assertThat(store.put(KEY, new byte[1], PutCondition.ifUnchanged(version)))
                .isEmpty();
        assertThat(store.deleteIfUnchanged(KEY, version)).isFalse();
        assertThat(root.resolve("a/b/c")).hasContent("three");
    }

    @Test
    void namesThatCannotBeKeysAreLeftAlone() throws IOException {
        for (String name :
                List.of(".hidden", "..", "...", ".x/y", "d/.z", "back\\slash", "tab\there", "d/bell\u0007")) {
            if (!name.equals("..")) {
                write(name, name);
            }
        }
        write("d/good", "good");
        assertThat(tree()).containsExactly("d/good");
        assertThat(level("")).containsExactly("d/");
        assertThat(level("d/")).containsExactly("d/good");
        store.deleteTree(KeyPrefix.ROOT);
        assertThat(tree()).isEmpty();
        assertThat(root.resolve("d/.z")).exists();
        assertThat(root.resolve(".x/y")).exists();
        assertThat(root.resolve("back\\slash")).exists();
        assertThat(root.resolve("d/bell\u0007")).exists();
        store.mark(List.of(ObjectKey.of("d/new")));
        assertThat(tree()).containsExactly("d/new");
    }

    @Test
    void namesThatAreNoTextAreLeftAlone() throws Exception {
        Files.createDirectory(root.resolve("d"));
        Process touch = new ProcessBuilder("sh", "-c", "touch \"$(printf 'd/x\\377')\" d/y")
                .directory(root.toFile())
                .start();
        assumeTrue(touch.waitFor() == 0, "The shell cannot make such a file here");
        assertThat(tree()).containsExactly("d/y");
        store.deleteTree(KeyPrefix.ROOT);
        assertThat(root.resolve("d")).isNotEmptyDirectory();
    }

    @Test
    void pathsThatAreTooLongForKeysAreLeftAlone() throws IOException {
        String level = "d".repeat(250) + "/";
        write(level.repeat(5) + "x", "deep");
        write("e", "e");
        assertThat(tree()).containsExactly("e");
        assertThat(level(level.repeat(3))).containsExactly(level.repeat(4));
        assertThat(level(level.repeat(4))).as("a group without room for a key").isEmpty();
    }

    @Test
    void aDirectoryIsNoObject() throws IOException {
        write("a/b/c/d", "below");
        assertThat(store.stat(KEY)).isEmpty();
        assertThat(store.open(KEY)).isEmpty();
        store.delete(KEY);
        assertThat(root.resolve("a/b/c/d")).exists();
    }

    private interface Write {
        void to(FileObjectStore store) throws IOException;
    }

    static Stream<Write> writes() {
        return Stream.of(
                store -> store.put(KEY, new byte[] {1}, PutCondition.always()),
                store -> store.put(KEY, new byte[] {1}, PutCondition.ifAbsent()),
                store -> store.mark(List.of(KEY)),
                store -> {
                    try (ObjectUpload upload = store.startUpload(ObjectKey.of("staging/1"))) {
                        upload.append(0, new ByteArrayInputStream(new byte[] {1}));
                        upload.commit(KEY, 1);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aDirectoryInThePlaceOfAFileIsMovedAside(Write write) throws IOException {
        write("a/b/c/d/e", "of somebody else");
        write("a/b/x", "beside");
        assertThat(level("a/b/")).containsExactly("a/b/c/", "a/b/x");
        write.to(store);
        assertThat(store.stat(KEY)).isPresent();
        assertThat(root.resolve("a/b/c")).isRegularFile();
        assertThat(level("a/b/")).containsExactly("a/b/c", "a/b/x");
        assertThat(tree()).containsExactly("a/b/c", "a/b/x");
        try (Stream<Path> beside = Files.list(root.resolve("a/b"))) {
            Path aside = beside.filter(path -> path.getFileName().toString().startsWith(".c.foreign-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(aside.resolve("d/e")).hasContent("of somebody else");
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void anEmptyDirectoryInThePlaceOfAFileGoes(Write write) throws IOException {
        Files.createDirectories(root.resolve("a/b/c"));
        write.to(store);
        assertThat(root.resolve("a/b/c")).isRegularFile();
        try (Stream<Path> beside = Files.list(root.resolve("a/b"))) {
            assertThat(beside).containsExactly(root.resolve("a/b/c"));
        }
    }

    @Test
    void belowAFileIsNothing() throws IOException {
        write("a/b", "file");
        assertThat(store.stat(KEY)).isEmpty();
        assertThat(store.open(KEY)).isEmpty();
        assertThat(store.resumeUpload(KEY)).isEmpty();
        assertThat(level("a/b/")).isEmpty();
        assertThat(level("a/b/c/")).isEmpty();
        store.delete(KEY);
        store.deleteTree(KeyPrefix.of("a/b/"));
        store.deleteTree(KeyPrefix.of("a/b/c/"));
        assertThatIOException().isThrownBy(() -> store.put(KEY, new byte[1], PutCondition.always()));
        assertThat(root.resolve("a/b")).hasContent("file");
        assertThat(root.resolve(".berth-tmp")).isEmptyDirectory();
    }

    @Test
    void aLinkIsNotFollowedToAnObject() throws IOException {
        Path secret = Files.writeString(temp.resolve("secret"), "secret");
        Files.createDirectories(root.resolve("a/b"));
        Path link = Files.createSymbolicLink(root.resolve("a/b/c"), secret);
        assertThat(store.stat(KEY)).isEmpty();
        assertThat(store.open(KEY)).isEmpty();
        store.delete(KEY);
        assertThat(link).isSymbolicLink();
        assertThatIOException()
                .isThrownBy(() -> store.put(KEY, new byte[1], PutCondition.ifAbsent()))
                .withMessageContaining("a/b/c");
        assertThatIOException().isThrownBy(() -> store.mark(List.of(KEY)));
        store.put(KEY, new byte[] {1}, PutCondition.always());
        assertThat(link).isRegularFile().hasBinaryContent(new byte[] {1});
        assertThat(link.toRealPath()).isEqualTo(root.toRealPath().resolve("a/b/c"));
        assertThat(secret).hasContent("secret");
    }

    @Test
    void aLinkToADirectoryIsNeitherListedNorDeleted() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        write("a/b/c", "c");
        Files.createSymbolicLink(root.resolve("a/link"), outside);
        assertThat(tree()).containsExactly("a/b/c");
        assertThat(level("a/")).containsExactly("a/b/");
        assertThat(level("a/link/")).isEmpty();
        store.deleteTree(KeyPrefix.of("a/link/"));
        store.deleteTree(KeyPrefix.ROOT);
        assertThat(outside.resolve("secret")).exists();
        assertThat(root.resolve("a/link")).isSymbolicLink();
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("a/b/c").toString()).start();
        assumeTrue(mkfifo.waitFor() == 0, "No pipe can be made here");
        assertThat(store.open(KEY)).isEmpty();
        assertThat(store.stat(KEY)).isEmpty();
    }

    @Test
    void directoriesGoWithTheLastObjectUnlessOthersUseThem() throws IOException {
        store.put(KEY, new byte[1], PutCondition.always());
        store.delete(KEY);
        assertThat(root.resolve("a")).doesNotExist();

        store.put(KEY, new byte[1], PutCondition.always());
        write("a/.keep", "");
        store.delete(KEY);
        assertThat(root.resolve("a/b")).doesNotExist();
        assertThat(root.resolve("a/.keep")).exists();
        assertThat(tree()).isEmpty();
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> tree() throws IOException {
        return store.list(ListRequest.tree(KeyPrefix.ROOT)).names();
    }

    private List<String> level(String prefix) throws IOException {
        return store.list(ListRequest.level(KeyPrefix.of(prefix))).names();
    }
}
