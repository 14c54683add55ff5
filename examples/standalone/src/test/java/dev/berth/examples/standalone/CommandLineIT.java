package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Failures of berth.jar are reported in one sentence with exit code 1, misuse with exit code 2. */
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
    void versionPrintsTheVersionOfTheJar() throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = BerthCommand.of("--version").run().successful();

        assertThat(outcome.out().lines()).singleElement().asString().matches("berth \\d+\\.\\d+\\.\\d+\\S*");
    }

    @Test
    void aMalformedConfigurationFileIsReported() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("config.yml"), "http: [");

        expectOneSentence(BerthCommand.of("serve", "--config", file.toString()).run(), "config.yml");
    }

    @Test
    void anUnknownCommandIsMisuse() throws IOException, InterruptedException {
        expectMisuse(BerthCommand.of("srve").run(), "no command 'srve'", "'serve'", "sync");
    }

    @Test
    void helpListsCommands() throws IOException, InterruptedException {
        ChildProcess.Outcome program = BerthCommand.of("--help").run().successful();

        assertThat(program.out()).contains("serve", "reindex", "copy", "sync", "ls", "inspect", "--version");
        assertThat(program.err()).isEmpty();
    }
}
