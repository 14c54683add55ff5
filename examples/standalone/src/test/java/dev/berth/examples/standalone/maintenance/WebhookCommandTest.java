package dev.berth.examples.standalone.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.examples.standalone.programs.EventReceiver;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth webhook} looks at the deliveries over a storage. */
class WebhookCommandTest {
    @TempDir
    private Path directory;

    private Path storage;

    @BeforeEach
    void makeAStorage() throws IOException {
        storage = directory.resolve("data");
        FileObjectStore.open(storage).close();
    }

    private CommandRun run(EventReceiver receiver, String... arguments) throws IOException {
        Path config = Files.writeString(directory.resolve("config.yml"), """
                notifications:
                  allowinside: [127.0.0.1]
                  endpoints: [{name: deploy, url: '%s?key=hidden', format: cloudevents, actions: [push]}]
                """.formatted(receiver.url()));
        List<String> all = new ArrayList<>(List.of("webhook"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--storage", storage.toString(), "--config", config.toString()));
        return CommandRun.run("", all.toArray(String[]::new));
    }

    @Test
    void endpointsAreListedWithoutTheirSecrets() throws IOException {
        try (EventReceiver receiver = EventReceiver.away()) {
            assertThat(run(receiver, "list").successful().out())
                    .contains("deploy", "127.0.0.1", "cloudevents")
                    .doesNotContain("hidden");
            assertThat(run(receiver, "status").successful().out()).contains("deploy", "active");
            assertThat(run(receiver, "dead", "deploy").successful().out()).contains("GIVEN UP");
        }
    }

    @Test
    void aTestOfAReceiverThatIsAwayFails() throws IOException {
        try (EventReceiver receiver = EventReceiver.away()) {
            run(receiver, "test", "deploy").failed(1, "deploy did not take the test");
            run(receiver, "test", "other").failed(1, "no webhook of this name");
        }
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        try (EventReceiver receiver = EventReceiver.away()) {
            run(receiver, "enable", "deploy").failed(1, "deploy is not disabled");
            run(receiver, "resend").failed(1, "--id");
            assertThat(run(receiver, "resend", "deploy").successful().out()).contains("0 messages wait again");
        }
    }
}
