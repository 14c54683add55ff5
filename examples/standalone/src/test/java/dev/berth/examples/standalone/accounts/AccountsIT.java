package dev.berth.examples.standalone.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that are made in a storage are those of the registry that then runs over it. */
@Tag("any-jdk")
class AccountsIT {
    @TempDir
    Path directory;

    @Test
    void accountsAreMadeBeforeTheRegistryRunsAndManagedWhileItDoes() throws IOException, InterruptedException {
        Path storage = Files.createDirectory(directory.resolve("storage"));
        Path password = Files.writeString(directory.resolve("password"), "secret of root\nsecret of bob\n");
        Path config = Files.writeString(
                directory.resolve("config.yml"),
                "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + storage
                        + "\naccess:\n  grants: [{to: root, repositories: ['**'], role: admin}]\n");
        BerthCommand.of("user", "add", "root", "--storage", storage.toString(), "--password-stdin")
                .reading(password)
                .run()
                .successful();

        try (BerthProcess server = BerthCommand.of("serve", "--listen", "127.0.0.1:0", "--config", config.toString())
                .start()) {
            ChildProcess.Outcome locked = BerthCommand.of("user", "list", "--config", config.toString())
                    .run();
            assertThat(locked.exitCode()).isEqualTo(1);
            assertThat(locked.err())
                    .contains("is in use by", "--registry HOST:PORT")
                    .hasLineCount(1);

            ChildProcess.Outcome added = BerthCommand.of(
                            "user",
                            "add",
                            "bob",
                            "--registry",
                            server.hostAndPort(),
                            "--user",
                            "root",
                            "--password-stdin")
                    .reading(password)
                    .run()
                    .successful();
            assertThat(added.out()).isEqualTo("Added bob.");

            ChildProcess.Outcome unasked = BerthCommand.of(
                            "user", "list", "--registry", server.hostAndPort(), "--user", "root")
                    .run();
            assertThat(unasked.exitCode()).isEqualTo(1);
            assertThat(unasked.err())
                    .contains("no terminal", "--password-stdin")
                    .hasLineCount(1);
        }
    }
}
