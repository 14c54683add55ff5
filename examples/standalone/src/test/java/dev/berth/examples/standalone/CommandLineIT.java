package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures of berth.jar are reported in one sentence with exit code 1, misuse with exit code 2; the help is complete. */
class CommandLineIT {
    @TempDir
    Path directory;

    private static void expectOneSentence(ChildProcess.Outcome outcome, String... about) {
        expectOneSentence(1, outcome, about);
    }

    private static void expectMisuse(ChildProcess.Outcome outcome, String... about) {
        expectOneSentence(2, outcome, about);
        assertThat(outcome.err()).contains("--help");
    }

    private static void expectOneSentence(int exitCode, ChildProcess.Outcome outcome, String... about) {
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).as("%s", outcome).hasSize(1);
        assertThat(outcome.err()).contains(about).doesNotContain("Exception");
    }

    @Test
    void aPortInUseIsReported() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            expectOneSentence(
                    BerthCommand.of("serve", "--listen", address, "--storage", "memory:")
                            .run(),
                    address,
                    "--listen");
        }
    }

    @Test
    void aStorageDirectoryThatCannotBeCreatedIsReported() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        expectOneSentence(BerthCommand.serve(file.resolve("below")).run(), file + "/below");
        expectOneSentence(BerthCommand.serve(file).run(), file.toString(), "directory");
    }

    @Test
    void aStorageDirectoryWithoutWritePermissionIsReported() throws IOException, InterruptedException {
        Path storage = readOnly(Files.createDirectory(directory.resolve("storage")));
        expectOneSentence(
                BerthCommand.serve(storage).withoutRootPrivileges().run(), storage.toString(), "permission denied");
        expectOneSentence(
                BerthCommand.serve(storage.resolve("below"))
                        .withoutRootPrivileges()
                        .run(),
                storage + "/below",
                "permission denied");

        Path partly = Files.createDirectory(directory.resolve("partly"));
        readOnly(Files.createDirectory(partly.resolve("_berth")));
        expectOneSentence(
                BerthCommand.serve(partly).withoutRootPrivileges().run(), partly + "/_berth", "permission denied");
    }

    private static Path readOnly(Path path) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    @Test
    void unreadableFilesAreReported() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("secret.yml"), "version: 0.1");
        Files.setPosixFilePermissions(file, Set.of());

        expectOneSentence(
                BerthCommand.of("serve", "--config", file.toString())
                        .withoutRootPrivileges()
                        .run(),
                "permission denied for " + file);
        expectOneSentence(
                BerthCommand.serveFromMemory()
                        .withoutRootPrivileges()
                        .with("REGISTRY_HTTP_TLS_CERTIFICATE", file.toString())
                        .with("REGISTRY_HTTP_TLS_KEY", file.toString())
                        .run(),
                "certificate",
                "permission denied for " + file);
    }

    @Test
    void anUnusableListenAddressIsReported() throws IOException, InterruptedException {
        expectOneSentence(
                BerthCommand.of("serve", "--storage", "memory:", "--listen", "nowhere.invalid:5000")
                        .run(),
                "no host nowhere.invalid");
        expectOneSentence(
                BerthCommand.of("serve", "--storage", "memory:", "--listen", "203.0.113.1:5000")
                        .run(),
                "203.0.113.1:5000",
                "another address");
    }

    @Test
    void reindexReportsAMissingDirectory() throws IOException, InterruptedException {
        Path missing = directory.resolve("missing");

        expectOneSentence(
                BerthCommand.of("reindex", "--storage", missing.toString()).run(), missing.toString());
        assertThat(missing).doesNotExist();
    }

    @Test
    void aStorageDirectoryInUseIsReportedAndStillServed() throws IOException, InterruptedException {
        Path storage = directory.resolve("used");
        try (BerthProcess first = BerthCommand.serve(storage).start()) {
            expectOneSentence(BerthCommand.serve(storage).run(), storage.toString());
            expectOneSentence(
                    BerthCommand.of("reindex", "--storage", storage.toString()).run(), storage.toString());

            TestImage image = TestImage.random(1, 1, 1000);
            first.http().pushImage("still/served", "1.0", image);
            first.http().expectImage("still/served", "1.0", image);
        }
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
    void aMalformedConfigurationFileIsReported(String yaml, String about) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("config.yml"), yaml);

        expectOneSentence(
                BerthCommand.of("serve", "--config", file.toString())
                        .in(directory)
                        .run(),
                about);
    }

    @Test
    void aMissingConfigurationFileIsReported() throws IOException, InterruptedException {
        Path file = directory.resolve("missing.yml");

        expectOneSentence(BerthCommand.of("serve", "--config", file.toString()).run(), file.toString());
    }

    @Test
    void anUnsupportedSecuritySettingIsRejected() throws IOException, InterruptedException {
        expectOneSentence(
                BerthCommand.serveFromMemory()
                        .with("REGISTRY_AUTH_SILLY_REALM", "registry")
                        .run(),
                "auth.silly",
                "not supported");
    }

    @Test
    void anUnusableCertificateIsReported() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("cert.pem"), "not a certificate");

        expectOneSentence(
                BerthCommand.serveFromMemory()
                        .with("REGISTRY_HTTP_TLS_CERTIFICATE", file.toString())
                        .with("REGISTRY_HTTP_TLS_KEY", file.toString())
                        .run(),
                file.toString());

        Path missing = directory.resolve("missing.pem");
        expectOneSentence(
                BerthCommand.serveFromMemory()
                        .with("REGISTRY_HTTP_TLS_CERTIFICATE", missing.toString())
                        .with("REGISTRY_HTTP_TLS_KEY", missing.toString())
                        .run(),
                "there is no " + missing);
    }

    @Test
    void unknownOptionsAndCommandsAreReported() throws IOException, InterruptedException {
        expectMisuse(BerthCommand.of("serve", "--lissten", ":1").run(), "--lissten");
        expectMisuse(BerthCommand.of("srve").run(), "no command 'srve'", "'serve'", "sync");
        expectMisuse(BerthCommand.of("bogus").run(), "no command 'bogus'", "serve", "copy", "inspect");
        expectMisuse(BerthCommand.of("help", "bogus").run(), "no command 'bogus'", "serve");
        ChildProcess.Outcome pair =
                BerthCommand.of("ls", "--ca", "x", "localhost:1").run();
        expectMisuse(pair, "Value for option '--ca'");
        assertThat(pair.err()).doesNotContain("option option");
        expectMisuse(BerthCommand.of().run(), "serve", "reindex", "copy", "sync", "ls", "inspect");
        expectOneSentence(BerthCommand.of("serve", "--listen", "5000").run(), "5000", "HOST:PORT");
        expectOneSentence(BerthCommand.of("serve", "--storage", "s3:bucket").run(), "s3:bucket", "memory:");
    }

    @Test
    void helpListsCommandsAndOptions() throws IOException, InterruptedException {
        ChildProcess.Outcome program = BerthCommand.of("--help").run().successful();
        ChildProcess.Outcome serve = BerthCommand.of("serve", "--help").run().successful();

        assertThat(program.out()).contains("serve", "reindex", "copy", "sync", "ls", "inspect", "--version");
        assertThat(serve.out())
                .contains("--listen", "127.0.0.1:5000", "--storage", "./berth-data", "memory:", "--config")
                .contains("REGISTRY_HTTP_ADDR", "REGISTRY_STORAGE_DELETE_ENABLED");
        assertThat(program.err() + serve.err()).isEmpty();
    }

    @Test
    void helpIsACommandToo() throws IOException, InterruptedException {
        ChildProcess.Outcome program = BerthCommand.of("help").run().successful();
        ChildProcess.Outcome copy = BerthCommand.of("help", "copy").run().successful();

        assertThat(program.out())
                .contains(BerthCommand.of("--help").run().successful().out());
        assertThat(copy.out()).contains("berth copy [OPTION]... SRC DST", "--referrers");
    }

    @Test
    void aPortThatNeedsAPrivilegeIsReported() throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = BerthCommand.of("serve", "--listen", "127.0.0.1:80", "--storage", "memory:")
                .withoutRootPrivileges()
                // Docker and podman may have given every port of this system's network to everyone.
                .withoutNetwork()
                .run();

        expectOneSentence(outcome, "127.0.0.1:80", "privilege", "above 1023");
        assertThat(outcome.err()).doesNotContain("stop the program");
    }

    @Test
    void aBucketWithoutRegionIsReported() throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = BerthCommand.serve("s3://images")
                .with("HOME", directory.toString())
                .with("AWS_CONFIG_FILE", directory.resolve("none").toString())
                .with("AWS_SHARED_CREDENTIALS_FILE", directory.resolve("none").toString())
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .run();

        expectOneSentence(outcome, "The bucket images", "region", "AWS_REGION");
        assertThat(outcome.err()).doesNotContain("@").doesNotContain("amazon");
    }

    @Test
    void aMissingDirectoryOfAnArchiveIsReportedAndNotMade() throws IOException, InterruptedException {
        Path missing = directory.resolve("missing");
        Path image = directory.resolve("image");
        OciLayout.write(image, "1.0", TestImage.random(1, 1, 1000));

        expectOneSentence(
                BerthCommand.of("ls", "docker-archive:" + missing.resolve("a.tar"))
                        .run(),
                missing.toString());
        for (String kind : new String[] {"docker-archive:", "oci-archive:"}) {
            expectOneSentence(
                    BerthCommand.of("copy", "-q", "oci:" + image + ":1.0", kind + missing.resolve("a.tar") + ":app:1")
                            .run(),
                    "no directory " + missing);
        }
        assertThat(missing).doesNotExist();
    }

    @Test
    void versionPrintsTheVersionOfTheJar() throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = BerthCommand.of("--version").run().successful();

        assertThat(outcome.out().lines()).singleElement().asString().matches("berth \\d+\\.\\d+\\.\\d+\\S*");
    }
}
