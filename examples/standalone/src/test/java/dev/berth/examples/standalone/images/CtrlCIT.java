package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.PseudoTerminal;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.registry.testing.Fault;
import dev.berth.registry.testing.HttpMethod;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ctrl-C at a terminal ends {@code berth copy} whenever it comes, with one line, and leaves nothing half-made. */
@Tag("any-jdk")
class CtrlCIT {
    private static final int LAYER = 15_000_000;
    private static final long SLOW = 500_000;
    private static final int ENDED_BY_SIGINT = 128 + 2;
    private static final boolean LONG = Boolean.getBoolean("berth.it.long");

    @TempDir
    Path directory;

    private TestRegistry registry;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        registry = TestRegistry.start();
        new RegistryHttp(registry.uri()).pushImage("app", "1.0", TestImage.random(1, 1, LAYER));
        // A copy that goes on takes much longer than the process waits for its end, and then leaves files behind.
        registry.inject(Fault.on(HttpMethod.GET, "/v2/app/blobs/**").throttle(SLOW));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void interrupt(String after, double seconds, String target) throws IOException, InterruptedException {
        PseudoTerminal.Interrupted outcome =
                PseudoTerminal.interrupt(directory, after, seconds, "copy", registry.address() + "/app:1.0", target);

        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(ENDED_BY_SIGINT);
        List<String> lines = outcome.afterwards()
                .lines()
                // The bar may be drawn in its place once more before the signal reaches the program.
                .filter(line -> !line.isBlank() && !line.matches("\\s*\\d+% \\[.*"))
                .toList();
        assertThat(lines).as("%s", outcome).hasSizeLessThanOrEqualTo(1).allMatch(line -> line.contains("interrupted"));
        assertThat(outcome.terminal())
                .doesNotContain("Could not")
                .doesNotContain("null")
                .doesNotContain("641:");
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> directory.relativize(file).toString()))
                    .as("%s", outcome)
                    .noneMatch(file -> file.contains(".berth-"))
                    .noneMatch(file -> file.endsWith(".tar"));
        }
    }

    /** In the start of the JVM, of the command, and of the copy. */
    private static DoubleStream beginnings() {
        return LONG ? DoubleStream.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0, 1.5) : DoubleStream.of(0.1, 0.4, 0.7);
    }

    private static DoubleStream momentsOfProgress() {
        return LONG ? DoubleStream.of(0, 0.1, 0.5) : DoubleStream.of(0.1);
    }

    private static DoubleStream momentsOfAnArchive() {
        return LONG ? DoubleStream.of(0, 0.3) : DoubleStream.of(0);
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void endsACopyThatBegins(double seconds) throws IOException, InterruptedException {
        interrupt("", seconds, "oci:" + directory.resolve("made/layout") + ":1.0");

        Path layout = directory.resolve("made/layout");
        assertThat(Files.exists(directory.resolve("made"))).isEqualTo(Files.exists(layout.resolve("index.json")));
    }

    @ParameterizedTest
    @MethodSource("momentsOfProgress")
    void endsACopyThatShowsItsProgress(double seconds) throws IOException, InterruptedException {
        interrupt("MB", seconds, "oci:" + directory.resolve("layout") + ":1.0");
    }

    @ParameterizedTest
    @MethodSource("momentsOfAnArchive")
    void endsTheCopyIntoAnArchive(double seconds) throws IOException, InterruptedException {
        interrupt("MB", seconds, "oci-archive:" + directory.resolve("image.tar") + ":1.0");
    }
}
