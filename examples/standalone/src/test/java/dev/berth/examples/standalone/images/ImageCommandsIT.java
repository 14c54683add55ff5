package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code berth copy}, {@code ls}, {@code inspect} and {@code sync}, each as a process. */
@Tag("any-jdk")
class ImageCommandsIT {
    private static final int LAYER = 100_000;

    private static BerthProcess source;
    private static BerthProcess target;

    @TempDir
    Path directory;

    @BeforeAll
    static void startServers() throws IOException, InterruptedException {
        source = BerthCommand.serveFromMemory().start();
        target = BerthCommand.serveFromMemory().withDeletion().start();
    }

    @AfterAll
    static void stopServers() {
        source.close();
        target.close();
    }

    private static String at(BerthProcess server, String image) {
        return server.hostAndPort() + "/" + image;
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        return BerthCommand.of(arguments).run().successful().out();
    }

    private static void expectError(int exitCode, String[] arguments, String... about)
            throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = BerthCommand.of(arguments).run();
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).as("%s", outcome).hasSize(1);
        assertThat(outcome.err()).contains(about).doesNotContain("Exception");
    }

    private static String[] words(String... words) {
        return words;
    }

    @Test
    void copyPrintsTheDigestAndReportsEachBlob() throws IOException, InterruptedException {
        TestImage image = TestImage.random(1, 2, LAYER);
        source.http().pushImage("copy/app", "1.0", image);

        ChildProcess.Outcome outcome = BerthCommand.of("copy", at(source, "copy/app:1.0"), at(target, "copied/app:2.0"))
                .run()
                .successful();

        target.http().expectImage("copied/app", "2.0", image);
        assertThat(outcome.out().strip()).isEqualTo(image.manifest().digest());
        assertThat(outcome.err())
                .as("a line for each part, where there is no terminal")
                .contains(image.blobs().stream()
                        .map(blob -> "blob " + blob.digest() + " copied")
                        .toList())
                .contains("manifest " + image.manifest().digest() + " copied");

        ChildProcess.Outcome again = BerthCommand.of(
                        "copy", "-q", at(source, "copy/app:1.0"), at(target, "copied/app:2.0"))
                .run()
                .successful();
        assertThat(again.err()).isEmpty();
    }

    @Test
    void lsStopsWhenItsOutputIsClosed() throws IOException, InterruptedException {
        try (EndlessTags registry = new EndlessTags()) {
            ChildProcess.Outcome outcome = BerthCommand.of("ls", registry.hostAndPort() + "/app")
                    .pipedTo("head -2")
                    .run()
                    .successful();

            assertThat(outcome.out().lines()).containsExactly("1000000", "1000001");
            assertThat(outcome.err()).isEmpty();
        }
    }

    @Test
    void eachCommandPrintsItsResult() throws IOException, InterruptedException {
        TestImage image = TestImage.random(2, 1, LAYER);
        source.http().pushImage("each/app", "1.0", image);
        Path layout = directory.resolve("images");

        assertThat(run("ls", at(source, "each/app"))).isEqualTo("1.0");
        assertThat(run("inspect", at(source, "each/app:1.0")))
                .contains(image.manifest().digest(), "/file-0");
        assertThat(run("sync", "-q", at(source, "each/app"), "oci:" + layout)).contains("done: 1 of 1");
        new OciLayout(layout).expect(image);
    }

    @Test
    void failuresEndWithCode1AndMisuseWithCode2() throws IOException, InterruptedException {
        String missing = at(source, "nothing/app:1");

        expectError(1, words("copy", missing, at(target, "a:1")), "nothing/app", source.hostAndPort());
        expectError(2, words("copy", missing), "DST", "berth copy --help");
    }
}
