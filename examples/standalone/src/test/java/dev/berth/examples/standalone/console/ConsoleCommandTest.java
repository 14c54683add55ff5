package dev.berth.examples.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth console rebuild} makes the lists of a storage again. */
class ConsoleCommandTest {
    private static final KeyPrefix LISTS = KeyPrefix.of("_berth/console/repositories/");

    @TempDir
    private Path directory;

    @Test
    void eachRepositoryGetsItsList() throws IOException {
        Path storage = directory.resolve("storage");
        try (ObjectStore store = FileObjectStore.open(storage);
                StorageRegistry registry = StorageRegistry.over(store)) {
            DescribedImages.push(registry, "library/tool", "A tool");
            DescribedImages.push(registry, "team/app", "An application");
        }

        CommandRun run = CommandRun.run("", "console", "rebuild", "--storage", storage.toString())
                .successful();

        assertThat(run.out()).contains("lists", "complete");
        try (ObjectStore store = FileObjectStore.open(storage)) {
            assertThat(store.list(ListRequest.tree(LISTS)).names()).hasSize(2);
        }
    }

    @Test
    void aMissingStorageIsToldAndNotMade() {
        Path missing = directory.resolve("missing");

        CommandRun.run("", "console", "rebuild", "--storage", missing.toString())
                .failed(1, missing.toString());

        assertThat(missing).doesNotExist();
    }
}
