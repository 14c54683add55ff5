package dev.berth.examples.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.Podman;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * podman searches. It does so without its credentials; where some may see more than others it therefore reads the catalogue,
 * with them.
 */
@Tag("any-jdk")
class PodmanSearchIT {
    private static final String TLS = "--tls-verify=false";

    private static SearchedServer open;
    private static SearchedServer restricted;

    @TempDir
    private Path directory;

    private Podman podman;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, InterruptedException {
        open = SearchedServer.open();
        restricted = SearchedServer.restricted(directory);
    }

    @AfterAll
    static void stop() {
        open.close();
        restricted.close();
    }

    @BeforeEach
    void install() throws IOException, InterruptedException {
        podman = Podman.in(directory);
    }

    private List<String> search(SearchedServer server, String... options) throws IOException, InterruptedException {
        String[] command = new String[options.length + 3];
        command[0] = "search";
        command[1] = TLS;
        System.arraycopy(options, 0, command, 2, options.length);
        command[command.length - 1] = server.host() + "/tool";
        return podman.tryRun(command).successful().out().strip().lines().toList();
    }

    private static List<String> at(SearchedServer server, String... repositories) {
        return List.of(repositories).stream().map(name -> server.host() + "/" + name).toList();
    }

    @Test
    void withoutAccessControlItFindsDescriptionsAndWhatIsOfficial() throws IOException, InterruptedException {
        List<String> found = search(open, "--no-trunc", "--format", "{{.Name}} {{.Official}} {{.Description}}");

        assertThat(found)
                .hasSize(4)
                .contains(
                        open.host() + "/library/tool [OK] A \\u{1b}[31mred\\u{1b}[2J tool \\u{202e}for\\u{7} everything",
                        open.host() + "/team/tool  Of the team");
        assertThat(search(open, "--limit", "2", "--format", "{{.Name}}")).hasSize(2);
        assertThat(search(open, "--filter", "is-official=true", "--format", "{{.Name}}"))
                .isEqualTo(at(open, "library/tool"));
    }

    @Test
    void itFindsWhatItMaySeeBeforeAndAfterALogin() throws IOException, InterruptedException {
        assertThat(search(restricted, "--format", "{{.Name}}"))
                .containsExactlyInAnyOrderElementsOf(at(restricted, "library/tool", "library/toolbox"));

        podman.run("login", TLS, "--username", "alice", "--password", SearchedServer.PASSWORD, restricted.host());
        assertThat(search(restricted, "--format", "{{.Name}}"))
                .containsExactlyInAnyOrderElementsOf(at(restricted, "library/tool", "library/toolbox", "team/tool"));

        podman.run("logout", restricted.host());
        assertThat(search(restricted, "--format", "{{.Name}}"))
                .containsExactlyInAnyOrderElementsOf(at(restricted, "library/tool", "library/toolbox"));
    }
}
