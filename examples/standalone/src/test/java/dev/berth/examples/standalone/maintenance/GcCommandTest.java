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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code gc}. */
class GcCommandTest {
    private static final byte[] CONTENT = "nobody needs this".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void push() throws IOException {
        Digest digest = Digest.sha256(CONTENT);
        try (ObjectStore store = FileObjectStore.open(directory);
                StorageRegistry registry = StorageRegistry.over(store)) {
            registry.repository(RepositoryName.parse("app")).blobs().push(digest, BlobSource.of(CONTENT));
        }
        data = directory.resolve(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
        assertThat(data).exists();
    }

    private CommandRun gc(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "gc";
        arguments[1] = "--storage";
        arguments[2] = directory.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandRun.run("", arguments);
    }

    @Test
    void aDryRunSaysWhatWouldGo() {
        CommandRun run = gc("--dry-run").successful();
        assertThat(run.out()).contains("would be condemned: 1, 17 bytes", "no manifest needs it");
        assertThat(data).exists();
    }

    @Test
    void waitingRemovesWhatNobodyNeeds() {
        CommandRun run = gc("--grace", "1s", "--wait", "--json").successful();
        assertThat(run.out()).startsWith("{\"scope\":\"everything\",\"plan\":false,\"counts\":{\"removed\":1,");
        assertThat(data).doesNotExist();
    }

    @Test
    void aDirectoryThatIsServedIsLeftToTheServer() throws IOException {
        try (ObjectStore store = FileObjectStore.open(directory)) {
            gc().failed(1, "the registry that serves it removes what nobody needs by itself");
            assertThat(store.identity()).isNotEmpty();
        }
    }

    @Test
    void wrongOptionsAreRefused() {
        gc("--grace", "1ms").failed(1, "The option --grace cannot have this value");
        gc("--dry-run", "--wait").failed(1, "leave --wait");
        assertThat(Files.exists(data)).isTrue();
    }
}
