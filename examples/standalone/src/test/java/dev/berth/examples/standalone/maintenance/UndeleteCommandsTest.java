package dev.berth.examples.standalone.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that list, restore and give up what was deleted. */
class UndeleteCommandsTest {
    private static final Tag TAG = Tag.parse("1.0");

    private final Manifest manifest =
            Manifest.of("application/vnd.example+json", "{\"anything\":1}".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    @BeforeEach
    void deleteAnImage() throws IOException {
        use(app -> {
            app.manifests().put(manifest, TAG, Tag.parse("latest"));
            app.manifests().delete(manifest.digest());
        });
    }

    private void use(Consumer<Repository> use) throws IOException {
        try (ObjectStore store = FileObjectStore.open(directory);
                StorageRegistry registry = StorageRegistry.over(store)) {
            use.accept(registry.repository(RepositoryName.parse("team/app")));
        }
    }

    private CommandRun run(String command, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = "--storage";
        all[2] = directory.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.run("", all);
    }

    @Test
    void whatWasDeletedIsListed() {
        String line = manifest.size() + "  " + manifest.digest() + "  team/app";
        assertThat(run("deleted").successful().out().lines().map(text -> text.substring(22)))
                .containsExactly(line, line + ":1.0", line + ":latest");
        assertThat(run("deleted", "team/app@" + manifest.digest())
                        .successful()
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(run("deleted", "team/other").successful().out()).isEmpty();
    }

    @Test
    void aTagIsRestoredAndThenTheRest() throws IOException {
        assertThat(run("restore", "team/app:1.0").successful().out())
                .isEqualTo("Restored: 1 manifest and 1 tag" + System.lineSeparator());
        use(app -> assertThat(app.tags().list()).containsExactly(TAG));
        assertThat(run("restore", "team/app@" + manifest.digest()).successful().out())
                .startsWith("Restored: 0 manifests and 1 tag");
        assertThat(run("deleted").successful().out()).isEmpty();
    }

    @Test
    void aRepositoryIsRestoredSinceATime() {
        assertThat(run("restore", "team/app", "--since", "2999-01-01T00:00:00Z")
                        .successful()
                        .out())
                .startsWith("Restored: 0 manifests and 0 tags");
        assertThat(run("restore", "team/app").successful().out()).startsWith("Restored: 1 manifest and 2 tags");
    }

    @Test
    void whatIsGivenUpCannotBeRestored() {
        assertThat(run("deleted", "--purge", "team/app").successful().out())
                .startsWith("Given up: 3 manifests and tags");
        run("restore", "team/app:1.0").failed(1, "team/app:1.0", "trash");
    }

    @Test
    void mistakesAreOneSentence() {
        run("restore", "registry.example.com:5000/Team/app").failed(1, "team/app:1.0");
        run("restore", "team/app:1.0", "--since", "2999-01-01T00:00:00Z").failed(1, "--since");
        run("restore", "team/app", "--since", "yesterday").failed(1, "yesterday", "--since");
        run("deleted", "--purge").failed(1, "repository");
        run("deleted", "team/app:1.0").failed(1, "digest");
    }
}
