package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth serve} with access control: the first administrator, and a change of the configuration. */
class AccessIT {
    private static final Pattern PASSWORD =
            Pattern.compile("The first administrator is admin with the password (\\S+) ");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private int status(BerthProcess berth, String target, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(berth.address() + target));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void thePasswordOfTheFirstAdministratorIsOnStandardOutputOnceAndNowhereElse()
            throws IOException, InterruptedException {
        String password;
        try (BerthProcess berth = serve().start()) {
            assertThat(status(berth, "/v2/", "")).isEqualTo(401);
            ChildProcess.Outcome outcome = berth.stop();
            Matcher line = PASSWORD.matcher(outcome.out());
            assertThat(line.find()).as(outcome.out()).isTrue();
            password = line.group(1);
            assertThat(outcome.out().lines()).hasSize(2).first().isEqualTo(berth.readyLine());
            assertThat(outcome.err()).doesNotContain(password).contains("event=CHANGE");
        }
        try (BerthProcess berth = serve().start()) {
            assertThat(status(berth, "/token?scope=repository:a:pull", AccessServer.basic("admin", password)))
                    .isEqualTo(200);
            assertThat(status(berth, "/token?scope=repository:a:pull", AccessServer.basic("admin", "admin")))
                    .isEqualTo(401);
            ChildProcess.Outcome outcome = berth.stop();
            assertThat(outcome.out().lines()).hasSize(1);
            assertThat(outcome.err()).doesNotContain(password).contains("event=LOGIN_REFUSED caller=admin");
        }
    }

    private BerthCommand serve() {
        return BerthCommand.of(
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--storage",
                        directory.resolve("data").toString())
                .with("REGISTRY_ACCESS_ACCOUNTS", "true");
    }

    @Test
    void aChangedFileCountsWithoutARestartUnlessItIsWrong() throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve("config.yml"), "access: {accounts: false}");
        String target = "/v2/library/app/tags/list";
        try (BerthProcess berth = BerthCommand.of(
                        "serve", "--listen", "127.0.0.1:0", "--storage", "memory:", "--config", config.toString())
                .start()) {
            assertThat(status(berth, target, "")).isEqualTo(401);

            Files.writeString(config, "access: {accounts: false, public: ['library/**']}");
            awaitLog(berth, target, "is in force");
            assertThat(status(berth, target, "")).isEqualTo(404);

            Files.writeString(config, "access: {accounts: false, pubilc: ['library/**']}");
            awaitLog(berth, target, "is 'public' meant?");
            assertThat(status(berth, target, "")).isEqualTo(404);
        }
    }

    /** A request looks at the file, at most once a second. */
    private void awaitLog(BerthProcess berth, String target, String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        while (!berth.log().contains(text)) {
            assertThat(System.nanoTime())
                    .as("Waited for '%s' in %s", text, berth.log())
                    .isLessThan(end);
            status(berth, target, "");
            Thread.sleep(50);
        }
    }

    @Test
    void whatIsWrongEndsTheProgramWithOneSentence() throws IOException, InterruptedException {
        Path config = Files.writeString(
                directory.resolve("config.yml"),
                "access: {grants: [{to: 'team:dve', repositories: 'dev/**', role: writer}], teams: {dev: [alice]}}");

        ChildProcess.Outcome outcome = BerthCommand.of("serve", "--storage", "memory:", "--config", config.toString())
                .run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .containsExactly(
                        "The team 'dve' of access.grants[0].to is unknown; is 'dev' meant? Correct it, or remove"
                                + " it.");
    }
}
