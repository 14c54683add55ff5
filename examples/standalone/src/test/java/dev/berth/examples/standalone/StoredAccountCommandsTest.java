package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that manage the accounts in the storage of a registry that does not run. */
class StoredAccountCommandsTest {
    @TempDir
    Path directory;

    /** Runs a command over a storage. */
    private CommandRun local(String input, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--storage", directory.toString(), "--password-stdin"));
        return CommandRun.run(input, all.toArray(String[]::new));
    }

    @Test
    void aStorageIsManagedWhileNoRegistryRuns() throws IOException {
        local("secret of alice\n", "user", "add", "alice").successful();
        local("", "org", "add", "acme").successful();
        local("", "access", "grant", "alice", "**", "admin").successful();
        String secret = local("", "robot", "add", "acme+ci", "--repositories", "acme/**", "--role", "writer")
                .successful()
                .out()
                .strip();
        local("", "token", "add", "--owner", "alice", "--repositories", "**", "--role", "reader")
                .successful();
        local("", "access", "explain", "acme+ci", "acme/app", "--may", "push").successful();
        assertThat(local("", "access", "explain", "acme+ci", "other/app").out()).contains("acme+ci may do nothing");
        assertThat(local("", "access", "explain", "nobody", "acme/app").out()).contains("no account named nobody");
        local("new secret\n", "user", "password", "alice").successful();
        local("", "user", "remove", "alice").failed(1, "Nobody would administer");
        local("", "user", "password").failed(2, "whose password");
        local("", "token", "list").failed(2, "--owner");

        try (ObjectStore store = FileObjectStore.open(directory)) {
            AccountStore accounts = AccountStore.over(store);
            assertThat(accounts.authenticate("alice", "new secret")).isPresent();
            assertThat(accounts.authenticate("acme+ci", secret)).isPresent();
            local("", "user", "list").failed(1, "is in use by", "--registry HOST:PORT");
        }
    }

    @Test
    void keysAreRotatedAndRemoved() throws IOException {
        String first;
        try (ObjectStore store = FileObjectStore.open(directory)) {
            first = StoredKeys.over(store).get().get(0).id();
        }
        assertThat(local("", "key", "list").successful().out()).containsPattern(first + "\\s+yes");
        String newer = local("", "key", "rotate").successful().out().replaceAll("Added the key (\\S+)\\.\\s*", "$1");
        assertThat(local("", "key", "list").successful().out())
                .containsPattern(first + "\\s+yes")
                .containsPattern(newer + "\\s+no");
        local("", "key", "remove", first).successful();
        assertThat(local("", "key", "list").successful().out()).doesNotContain(first);
        local("", "key", "remove", first).failed(1, "There is no key");
    }

    @Test
    void theGrantsOfAConfigurationFileAreExplained() throws IOException {
        Path file = directory.resolve("config.yml");
        Files.writeString(
                file,
                "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + directory + "\naccess:\n"
                        + "  public: ['library/**']\n");
        assertThat(CommandRun.run("", "access", "explain", "everyone", "library/alpine", "--config", file.toString())
                        .successful()
                        .out())
                .contains("everyone has the role reader in library/** (configuration)");
    }

    @Test
    void aStorageThatIsNotThereIsNotMade() {
        Path absent = directory.resolve("absent");
        CommandRun.run("", "user", "list", "--storage", absent.toString()).failed(1, "absent", "--storage");
        assertThat(absent).doesNotExist();
    }
}
