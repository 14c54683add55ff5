package dev.berth.examples.standalone.mirror;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mirror of Docker's registry, in memory and over files. {@code berth.it.mirror.mb} is the size of the image that many
 * clients pull at once.
 */
@Tag("any-jdk")
class MirrorIT {
    private static final int IMAGES = Integer.getInteger("berth.it.mirror.images", 50);

    @TempDir
    Path directory;

    private Upstream upstream;

    @BeforeEach
    void start() throws Exception {
        upstream = Upstream.start(directory);
    }

    @AfterEach
    void end() throws IOException {
        if (upstream != null) {
            upstream.close();
        }
    }

    private ObjectStore files() {
        try {
            return FileObjectStore.open(Files.createTempDirectory(directory, "store"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void manyClientsAtOnceCauseOneDownload() throws Exception {
        new Stampede(upstream).run(this::files);
    }

    @Test
    void whatIsHereIsServedForADay() throws Exception {
        try (ObjectStore store = MemoryObjectStore.create()) {
            new Outage(upstream).run(store);
        }
    }

    @Test
    void whatIsInFilesIsServedForADay() throws Exception {
        try (ObjectStore store = files()) {
            new Outage(upstream).run(store);
        }
    }

    @Test
    void theBudgetIsKeptInMemory() throws Exception {
        try (ObjectStore store = MemoryObjectStore.create()) {
            new SmallBudget(upstream, IMAGES).run(store);
        }
    }

    @Test
    void theBudgetIsKeptInFiles() throws Exception {
        try (ObjectStore store = files()) {
            new SmallBudget(upstream, IMAGES).run(store);
        }
    }
}
