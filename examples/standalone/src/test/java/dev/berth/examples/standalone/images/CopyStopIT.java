package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.registry.testing.Fault;
import dev.berth.registry.testing.HttpMethod;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM stops {@code berth copy} and {@code berth sync} in the middle of a layer. */
class CopyStopIT {
    private static final int LAYER = 2_000_000;
    private static final long SLOW = 20_000;
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    Path directory;

    @Test
    void sigtermInterruptsACopyAndLeavesNoPartialFiles() throws IOException, InterruptedException {
        stop("copy", ":1.0");
    }

    @Test
    void sigtermInterruptsASyncAndLeavesNoPartialFiles() throws IOException, InterruptedException {
        stop("sync", "");
    }

    private void stop(String command, String tag) throws IOException, InterruptedException {
        Path layout = directory.resolve(command);
        try (TestRegistry registry = TestRegistry.start()) {
            new RegistryHttp(registry.uri()).pushImage("app", "1.0", TestImage.random(1, 1, LAYER));
            registry.inject(Fault.on(HttpMethod.GET, "/v2/app/blobs/**").throttle(SLOW));
            try (ChildProcess copying = BerthCommand.of(
                            command, registry.address() + "/app" + tag, "oci:" + layout + tag)
                    .launch()) {
                copying.err().awaitLine("blob", line -> line.startsWith("blob "), ChildProcess.TIMEOUT);
                copying.terminate();
                ChildProcess.Outcome outcome = copying.awaitExit();

                assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ENDED_BY_SIGTERM);
                assertThat(outcome.err().lines().filter(line -> line.contains("interrupted")))
                        .as("%s", outcome)
                        .hasSize(1);
                assertThat(outcome.err()).doesNotContain("Exception");
            }
        }
        try (Stream<Path> files = Files.list(layout)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("oci-layout", "index.json", "blobs");
        }
    }
}
