package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth serve} takes its configuration from the command line, the environment and a file. */
class ServeIT {
    private final TestImage image = TestImage.random(1, 1, 10_000);

    @TempDir
    Path directory;

    @Test
    void theAddressIsPrintedInOneLine() throws IOException, InterruptedException {
        try (BerthProcess berth = BerthCommand.serveFromMemory().start()) {
            berth.http().pushImage("team/app", "1.0", image);
            berth.http().expectImage("team/app", "1.0", image);

            assertThat(berth.readyLine()).contains("127.0.0.1:" + berth.port());
            assertThat(berth.stop().out()).isEqualTo(berth.readyLine());
        }
    }

    @Test
    void theDefaultsAreLoopbackAndTheWorkingDirectory() throws IOException, InterruptedException {
        assumeTrue(free(5000), "port 5000 is in use; stop what uses it to run this test");
        try (BerthProcess berth = BerthCommand.of("serve").in(directory).start()) {
            assertThat(berth.hostAndPort()).isEqualTo("127.0.0.1:5000");
            berth.http().pushImage("team/app", "1.0", image);
            assertThat(directory.resolve("berth-data")).isNotEmptyDirectory();
            Optional<InetAddress> outside = outsideAddress();
            if (outside.isPresent()) {
                assertThatThrownBy(() -> connect(new InetSocketAddress(outside.get(), 5000)))
                        .isInstanceOf(ConnectException.class);
            }
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns an address of this machine that is not loopback. */
    private static Optional<InetAddress> outsideAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 10_000);
        }
    }

    @Test
    void theEnvironmentConfiguresAddressAndStorage() throws IOException, InterruptedException {
        Path storage = directory.resolve("from-environment");
        BerthCommand command = BerthCommand.of("serve")
                .in(directory)
                .with("REGISTRY_HTTP_ADDR", "127.0.0.1:0")
                .with("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", storage.toString());
        try (BerthProcess berth = command.start()) {
            berth.http().pushImage("team/app", "1.0", image);

            assertThat(berth.port()).isNotEqualTo(5000);
            assertThat(storage).isNotEmptyDirectory();
            assertThat(directory.resolve("berth-data")).doesNotExist();
        }
    }

    @Test
    void theCommandLineOverridesTheEnvironmentAndTheEnvironmentTheFile() throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve("config.yml"), """
                version: 0.1
                http: {addr: "127.0.0.1:1"}
                storage:
                  filesystem: {rootdirectory: %1$s/from-file}
                  delete: {enabled: true}
                """.formatted(directory));
        BerthCommand command = BerthCommand.of("serve", "--config", config.toString(), "--listen", "127.0.0.1:0")
                .with("REGISTRY_HTTP_ADDR", "127.0.0.1:2")
                .with(
                        "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY",
                        directory.resolve("from-environment").toString());
        try (BerthProcess berth = command.start()) {
            berth.http().pushImage("team/app", "1.0", image);
            RegistryHttp.expect(
                    202,
                    berth.http()
                            .delete("/v2/team/app/manifests/" + image.manifest().digest()));

            assertThat(directory.resolve("from-environment")).isNotEmptyDirectory();
            assertThat(directory.resolve("from-file")).doesNotExist();
        }
    }

    @Test
    void tlsIsServedWithACertificateAndKeyFromPemFiles()
            throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate certificate = TestCertificate.make(directory);
        BerthCommand command = BerthCommand.serveFromMemory()
                .with("REGISTRY_HTTP_TLS_CERTIFICATE", certificate.pem().toString())
                .with("REGISTRY_HTTP_TLS_KEY", certificate.keyPem().toString());
        try (BerthProcess berth = command.start()) {
            assertThat(berth.address().getScheme()).isEqualTo("https");
            RegistryHttp https =
                    new RegistryHttp(berth.address(), HttpClient.newBuilder().sslContext(certificate.trusting()));

            https.pushImage("team/app", "1.0", image);
            https.expectImage("team/app", "1.0", image);
        }
    }

    @Test
    void contentSurvivesARestart() throws IOException, InterruptedException {
        Path storage = directory.resolve("data");
        try (BerthProcess berth = BerthCommand.serve(storage).start()) {
            berth.http().pushImage("team/app", "1.0", image);
            berth.stop();
        }
        try (BerthProcess berth = BerthCommand.serve(storage).start()) {
            berth.http().expectImage("team/app", "1.0", image);
            assertThat(berth.http().tags("team/app")).containsExactly("1.0");
            assertThat(berth.http().catalog()).containsExactly("team/app");
        }
    }
}
