package dev.berth.examples.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.DockerEngine;
import dev.berth.examples.standalone.programs.DockerEngineExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Docker Engine searches. */
@ExtendWith(DockerEngineExtension.class)
@Tag("any-jdk")
class DockerSearchIT {
    private static SearchedServer server;

    private final DockerEngine engine;

    DockerSearchIT(DockerEngine engine) {
        this.engine = engine;
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, InterruptedException {
        server = SearchedServer.restricted(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private String search(String... options) throws IOException, InterruptedException {
        String[] command = new String[options.length + 2];
        command[0] = "search";
        System.arraycopy(options, 0, command, 1, options.length);
        command[command.length - 1] = server.host() + "/tool";
        return engine.docker(command);
    }

    @Test
    void whoIsNotLoggedInFindsWhatIsPublic() throws IOException, InterruptedException {
        String found = search("--no-trunc");

        assertThat(found).contains("library/tool ", "library/toolbox ", "Tools in a box", "[OK]");
        assertThat(found).doesNotContain("team/tool", "secret/tool");
        assertThat(found.lines().skip(1).findFirst().orElseThrow())
                .as("The very name is the best")
                .startsWith("library/tool ");
    }

    @Test
    void nothingInADescriptionIsObeyedByATerminal() throws IOException, InterruptedException {
        String found = search("--no-trunc");

        assertThat(found.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
        assertThat(found).doesNotContain("\u202e").contains("A \\u{1b}[31mred\\u{1b}[2J tool \\u{202e}for\\u{7} everything");
    }

    @Test
    void aLimitAndAFilterHold() throws IOException, InterruptedException {
        assertThat(search("--limit", "1").lines()).hasSize(2);
        assertThat(search("--filter", "is-official=true", "--format", "{{.Name}}")).isEqualTo("library/tool");
    }

    @Test
    void whoIsLoggedInFindsWhatItMaySee() throws IOException, InterruptedException {
        engine.docker("login", "--username", "alice", "--password", SearchedServer.PASSWORD, server.host());
        try {
            assertThat(search("--format", "{{.Name}}").lines())
                    .containsExactlyInAnyOrder("library/tool", "library/toolbox", "team/tool");
        } finally {
            engine.docker("logout", server.host());
        }
        assertThat(search("--format", "{{.Name}}").lines()).containsExactlyInAnyOrder("library/tool", "library/toolbox");
    }

    @Test
    void nothingIsFoundInASentence() throws IOException, InterruptedException {
        Outcome outcome = engine.tryDocker("search", server.host() + "/nothing-like-this");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).hasSize(1);
    }
}
