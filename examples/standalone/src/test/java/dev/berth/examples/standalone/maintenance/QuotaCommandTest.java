package dev.berth.examples.standalone.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth quota} prints what is used, and counts it again. */
class QuotaCommandTest {
    @TempDir
    Path directory;

    private CommandRun quota(String... arguments) throws IOException {
        Path config = Files.writeString(
                directory.resolve("config.yml"), "quota: [{repositories: 'team/**', bytes: 1KiB, count: 5}]");
        String[] all = new String[arguments.length + 3];
        all[0] = "quota";
        all[1] = "--storage=" + directory.resolve("data");
        all[2] = "--config=" + config;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.run("", all);
    }

    @Test
    void useIsPrintedOnceItIsCounted() throws IOException {
        byte[] content = new byte[600];
        try (ObjectStore store = FileObjectStore.open(directory.resolve("data"));
                StorageRegistry registry = StorageRegistry.over(store)) {
            registry.repository("team/app").blobs().push(Digest.sha256(content), BlobSource.of(content));
        }

        assertThat(quota().successful().out())
                .contains("Not everything is counted yet", "team/**: 0 of 1024 bytes; 0 of 5 repositories");
        assertThat(quota("--recount", "--repositories").successful().out())
                .contains(
                        "Counted 1 repositories with 600 bytes; 1 had been counted otherwise",
                        "team/**: 600 of 1024 bytes; 0 of 5 repositories",
                        "team/app: 600 bytes, no image");
        assertThat(quota("--recount").successful().out()).contains("0 had been counted otherwise");
        assertThat(quota().successful().out()).doesNotContain("Not everything").contains("600 of 1024 bytes");
    }

    @Test
    void mistakesAreTold() throws IOException {
        quota().failed(1, "does not exist");
        CommandRun.run("", "quota", "--storage=" + directory).failed(1, "There are no quotas");
    }
}
