package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the system have no access to what a store makes, unless its options say so. */
class FilePermissionsTest {
    @TempDir
    private Path parent;

    private Path root;

    @BeforeEach
    void need() {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "This system has no POSIX permissions");
        root = parent.resolve("new/store");
    }

    private static void fill(FileObjectStore store) throws IOException {
        store.put(ObjectKey.of("a/put"), new byte[10], PutCondition.always());
        store.put(ObjectKey.of("a/absent"), new byte[10], PutCondition.ifAbsent());
        store.putForDeletion(ObjectKey.of("a/intent"), new byte[10], PutCondition.always());
        store.mark(List.of(ObjectKey.of("a/b/mark")));
        try (ObjectUpload upload = store.startUpload(ObjectKey.of("staging/1"))) {
            upload.append(0, new ByteArrayInputStream(new byte[10]));
            upload.commit(ObjectKey.of("a/uploaded"), 10);
        }
        try (ObjectUpload upload = store.startUpload(ObjectKey.of("staging/2"))) {
            upload.append(0, new ByteArrayInputStream(new byte[10]));
        }
    }

    private Map<String, String> permissions() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                found.put(
                        root.relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return found;
    }

    @Test
    void whatIsMadeIsForItsUserOnly() throws IOException {
        try (FileObjectStore store = FileObjectStore.open(root)) {
            fill(store);
            Map<String, String> found = permissions();
            assertThat(found)
                    .containsKeys(
                            "",
                            "a/put",
                            "a/uploaded",
                            ".berth-uploads/staging/2",
                            ".berth-journal/1.journal",
                            ".berth-lock");
            found.forEach((name, permissions) -> assertThat(permissions)
                    .as(name)
                    .isEqualTo(Files.isDirectory(root.resolve(name)) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void theUmaskDecidesWhereOthersShareTheDirectory() throws IOException {
        Path usual = Files.createDirectory(parent.resolve("usual"));
        String ofDirectories = PosixFilePermissions.toString(Files.getPosixFilePermissions(usual));
        String ofFiles =
                PosixFilePermissions.toString(Files.getPosixFilePermissions(Files.createFile(usual.resolve("file"))));
        FileStorageOptions shared =
                FileStorageOptions.builder().sharedFiles(true).build();
        try (FileObjectStore store = FileObjectStore.open(root, shared)) {
            fill(store);
            permissions()
                    .forEach((name, permissions) -> assertThat(permissions)
                            .as(name)
                            .isEqualTo(Files.isDirectory(root.resolve(name)) ? ofDirectories : ofFiles));
        }
    }

    @Test
    void whatExistsKeepsItsPermissions() throws IOException {
        Files.createDirectories(root.resolve("a"));
        Path file = Files.write(root.resolve("a/object"), new byte[1]);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        try (FileObjectStore store = FileObjectStore.open(root)) {
            fill(store);
            assertThat(permissions()).containsEntry("", "rwxr-x---").containsEntry("a/object", "rw-r-----");
        }
    }
}
