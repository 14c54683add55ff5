package dev.berth.examples.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.registry.Registry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A server with repositories that everybody, some, or only administrators may see: {@code library/tool}, {@code team/tool},
 * {@code secret/tool}.
 */
final class SearchedServer implements AutoCloseable {
    static final String PASSWORD = "alice's password";

    /** Turns red, clears the screen, and turns around what follows. */
    static final String HOSTILE = "A \u001b[31mred\u001b[2J tool\r\n\u202efor\u0007 everything";

    private static final String ADMINISTRATORS_PASSWORD = "administrator's password";
    private static final String CONFIGURATION = """
            access:
              admin: {password: "administrator's password"}
              public: ["library/**"]
              grants:
                - {to: alice, repositories: ["team/**"], role: reader}
            console: {official: ["library/tool"]}
            """;

    private final BerthProcess process;

    private SearchedServer(BerthProcess process) {
        this.process = process;
    }

    /** Starts one with access control. */
    static SearchedServer restricted(Path directory) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("berth.yml"), CONFIGURATION);
        SearchedServer server = new SearchedServer(BerthCommand.of(
                        "serve", "--listen", "127.0.0.1:0", "--storage", "memory:", "--config", file.toString())
                .start());
        server.addAlice();
        server.fill(DescribedImages.client(server.host(), "admin", ADMINISTRATORS_PASSWORD), "admin");
        return server;
    }

    /** Starts one that everybody may see all of. */
    static SearchedServer open() throws IOException, InterruptedException {
        SearchedServer server = new SearchedServer(
                BerthCommand.serveFromMemory().with("REGISTRY_CONSOLE_OFFICIAL", "library/tool").start());
        server.fill(DescribedImages.client(server.host(), "nobody", "nothing"), "");
        return server;
    }

    private void addAlice() throws IOException, InterruptedException {
        var response = process.http()
                .send(
                        "POST",
                        "/berth/access/people",
                        HttpRequest.BodyPublishers.ofString(
                                "{\"name\":\"alice\",\"password\":\"" + PASSWORD + "\"}"),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        basic("admin"));
        assertThat(response.statusCode()).as(new String(response.body(), StandardCharsets.UTF_8)).isLessThan(300);
    }

    private static String basic(String user) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((user + ":" + (user.equals("alice") ? PASSWORD : ADMINISTRATORS_PASSWORD))
                                .getBytes(StandardCharsets.UTF_8));
    }

    private void fill(Registry registry, String user) throws IOException, InterruptedException {
        try (registry) {
            Map.of("library/tool", HOSTILE, "library/toolbox", "Tools in a box", "team/tool", "Of the team", "secret/tool",
                            "Nobody knows")
                    .forEach((name, description) -> DescribedImages.push(registry, name, description));
        }
        Instant end = Instant.now().plus(ChildProcess.TIMEOUT);
        String found;
        do {
            List<String> credentials = user.isEmpty() ? List.of() : List.of("Authorization", basic(user));
            found = new String(
                    process.http()
                            .send(
                                    "GET",
                                    "/v1/search?q=tool",
                                    HttpRequest.BodyPublishers.noBody(),
                                    credentials.toArray(String[]::new))
                            .body(),
                    StandardCharsets.UTF_8);
            Thread.onSpinWait();
        } while (!found.contains("\"num_results\":4") && Instant.now().isBefore(end));
        assertThat(found).contains("\"num_results\":4");
    }

    String host() {
        return process.hostAndPort();
    }

    BerthProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
