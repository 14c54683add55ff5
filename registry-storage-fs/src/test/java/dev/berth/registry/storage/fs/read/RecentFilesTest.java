package dev.berth.registry.storage.fs.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of files never takes more than its budget, but for one file, and what is used stays. */
class RecentFilesTest {
    @TempDir
    private Path root;

    @Test
    void theBudgetHolds() {
        RecentFiles recent = new RecentFiles(100_000);
        Path file = root.resolve("file");
        for (int i = 0; i < 500; i++) {
            recent.put("key" + i, kept(file, 1000));
            assertThat(recent.weight()).isLessThan(105_000);
            assertThat(recent.get("key0")).as("what is used all the time").isNotNull();
        }
        assertThat(recent.get("key300")).isNull();
        assertThat(recent.get("key499")).isNotNull();
        recent.put("key499", kept(file, 50_000));
        assertThat(recent.get("key499"))
                .as("what is too large, and what it replaces")
                .isNull();
    }

    @Test
    void withoutABudgetNothingIsKept() {
        RecentFiles none = new RecentFiles(0);
        none.put("key", kept(root.resolve("file"), 0));
        assertThat(none.get("key")).isNull();
        assertThat(none.weight()).isZero();
    }

    private static KeptFile kept(Path file, int size) {
        try {
            Files.write(file, new byte[1]);
            return new KeptFile(file, Files.readAttributes(file, BasicFileAttributes.class), new byte[size], 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
