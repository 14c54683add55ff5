package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures are reported in one sentence with exit code 1, misuse with exit code 2; the help is complete. */
class CommandLineTest {
    @TempDir
    Path directory;

    private static CommandRun berth(String... arguments) {
        return CommandRun.run("", arguments);
    }

    private static CommandRun serve(Path storage) {
        return berth("serve", "--listen", "127.0.0.1:0", "--storage", storage.toString());
    }

    private static void expectOneSentence(CommandRun run, String... about) {
        run.failed(1, about);
    }

    private static void expectMisuse(CommandRun run, String... about) {
        run.failed(2, about);
        assertThat(run.err()).contains("--help");
    }

    @Test
    void aStorageDirectoryThatCannotBeCreatedIsReported() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        expectOneSentence(serve(file.resolve("below")), file + "/below");
        expectOneSentence(serve(file), file.toString(), "directory");
    }

    @Test
    void anUnusableListenAddressIsReported() {
        expectOneSentence(
                berth("serve", "--storage", "memory:", "--listen", "nowhere.invalid:5000"), "no host nowhere.invalid");
        expectOneSentence(
                berth("serve", "--storage", "memory:", "--listen", "203.0.113.1:5000"),
                "203.0.113.1:5000",
                "another address");
    }

    @Test
    void reindexReportsAMissingDirectory() {
        Path missing = directory.resolve("missing");

        expectOneSentence(berth("reindex", "--storage", missing.toString()), missing.toString());
        assertThat(missing).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "http: [, config.yml",
        "just text, config.yml",
        "'', config.yml",
        "http: {addr: nowhere}, nowhere",
        "storge: {filesystem: {rootdirectory: /a}}, which is unknown; is",
        "storage: {s3: {region: r}}, storage.s3.bucket",
        "storage: {gcs: {bucket: b}}, storage.gcs",
        "'storage: {filesystem: {rootdirectory: /a}, inmemory: {}}', more than one",
        "a: &a {b: *a}, without an end"
    })
    void aMalformedConfigurationFileIsReported(String yaml, String about) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), yaml);

        expectOneSentence(berth("serve", "--config", file.toString()), about);
    }

    @Test
    void unknownOptionsAndCommandsAreReported() {
        expectMisuse(berth("serve", "--lissten", ":1"), "--lissten");
        expectMisuse(berth("serve", "--config", "one.yml", "two.yml"), "one.yml and two.yml");
        expectMisuse(berth("srve"), "no command 'srve'", "'serve'", "sync");
        expectMisuse(berth("bogus"), "no command 'bogus'", "serve", "copy", "inspect");
        expectMisuse(berth("help", "bogus"), "no command 'bogus'", "serve");
        CommandRun pair = berth("ls", "--ca", "x", "localhost:1");
        expectMisuse(pair, "Value for option '--ca'");
        assertThat(pair.err()).doesNotContain("option option");
        expectMisuse(berth(), "serve", "reindex", "copy", "sync", "ls", "inspect");
        expectOneSentence(berth("serve", "--listen", "5000"), "5000", "HOST:PORT");
        expectOneSentence(berth("serve", "--storage", "s3:bucket"), "s3:bucket", "memory:");
    }

    @Test
    void helpListsCommandsAndOptions() {
        CommandRun program = berth("--help").successful();
        CommandRun serve = berth("serve", "--help").successful();

        assertThat(program.out()).contains("serve", "reindex", "copy", "sync", "ls", "inspect", "--version");
        assertThat(serve.out())
                .contains("--listen", "127.0.0.1:5000", "--storage", "./berth-data", "memory:", "--config")
                .contains("REGISTRY_HTTP_ADDR", "REGISTRY_STORAGE_DELETE_ENABLED");
        assertThat(program.err() + serve.err()).isEmpty();
    }

    @Test
    void helpIsACommandToo() {
        CommandRun program = berth("help").successful();
        CommandRun copy = berth("help", "copy").successful();

        assertThat(program.out()).contains(berth("--help").successful().out());
        assertThat(copy.out()).contains("berth copy [OPTION]... SRC DST", "--referrers");
    }

    @Test
    void aMissingDirectoryOfAnArchiveIsReportedAndNotMade() throws IOException {
        Path missing = directory.resolve("missing");
        Path image = directory.resolve("image");
        OciLayout.write(image, "1.0", TestImage.random(1, 1, 1000));

        expectOneSentence(berth("ls", "docker-archive:" + missing.resolve("a.tar")), missing.toString());
        for (String kind : new String[] {"docker-archive:", "oci-archive:"}) {
            expectOneSentence(
                    berth("copy", "-q", "oci:" + image + ":1.0", kind + missing.resolve("a.tar") + ":app:1"),
                    "no directory " + missing);
        }
        assertThat(missing).doesNotExist();
    }

    @Test
    void aMissingConfigurationFileIsReported() {
        Path file = directory.resolve("missing.yml");

        expectOneSentence(berth("serve", "--config", file.toString()), file.toString());
    }
}
