package dev.berth.examples.standalone.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth scrub} finds a flipped bit in a directory, moves the data aside, and shows and removes it on request. */
class ScrubCommandTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    @TempDir
    Path directory;

    private final byte[] blob = new byte[50_000];
    private final Digest digest = Digest.sha256(blob);

    @BeforeEach
    void push() throws IOException {
        try (ObjectStore store = FileObjectStore.open(directory)) {
            StorageRegistry.over(store).repository(APP).blobs().push(digest, BlobSource.of(blob));
        }
    }

    private CommandRun scrub(String... options) {
        String[] arguments = new String[3 + options.length];
        arguments[0] = "scrub";
        arguments[1] = "--storage";
        arguments[2] = directory.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandRun.run("", arguments);
    }

    @Test
    void whatIsDamagedIsMovedAside() throws IOException {
        assertThat(scrub("--rate", "50MB").successful().out()).contains("nothing is wrong");
        Path data = directory.resolve(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
        FileTime time = Files.getLastModifiedTime(data);
        byte[] damaged = blob.clone();
        damaged[40_000] = 1;
        Files.write(data, damaged);
        // As a disk does it.
        Files.setLastModifiedTime(data, time);

        CommandRun found = scrub();
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out()).contains(digest.toString(), "Affected: team/app", "1 problem");
        try (ObjectStore store = FileObjectStore.open(directory)) {
            StorageRegistry registry = StorageRegistry.over(store);
            assertThat(registry.repository(APP).blobs().find(digest)).isEmpty();
            registry.repository(APP).blobs().push(digest, BlobSource.of(blob));
        }
        scrub().successful();
        assertThat(scrub("--quarantine", "list").successful().out()).contains(digest.toString(), "50000 bytes");
        assertThat(scrub("--quarantine", "drop").successful().out()).contains(": 1");
        assertThat(scrub("--quarantine", "list").successful().out()).isEmpty();
    }

    @Test
    void whatIsNotPossibleIsSaid() {
        scrub("--rate", "1000").failed(1, "--rate", "64 KiB");
        scrub("--quarantine", "keep").failed(1, "keep", "list or drop");
        CommandRun.run("", "scrub", "--storage", directory.resolve("none").toString())
                .failed(1, "does not exist");
    }
}
