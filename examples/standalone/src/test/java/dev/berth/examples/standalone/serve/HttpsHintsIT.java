package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever speaks HTTP where HTTPS is spoken, or the other way round, reads which option helps, and it does. */
class HttpsHintsIT {
    @TempDir
    Path directory;

    @Test
    void aRegistryOfThisMachineThatSpeaksHttpsIsReached() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory);
        try (BerthProcess berth = BerthCommand.serveFromMemory()
                .with("REGISTRY_HTTP_TLS_CERTIFICATE", certificate.pem().toString())
                .with("REGISTRY_HTTP_TLS_KEY", certificate.keyPem().toString())
                .start()) {
            String host = "127.0.0.1:" + berth.address().getPort();

            assertThat(failure("ls", host)).contains("--https " + host);
            assertThat(failure("ls", "--https", host, host)).contains("--ca " + host + "=FILE.pem");
            assertThat(failure("ls", "--https", "127.0.0.1", host)).contains("--ca " + host + "=FILE.pem");
            BerthCommand.of("ls", "--ca", "127.0.0.1=" + certificate.pem(), host)
                    .run()
                    .successful();
        }
    }

    @Test
    void anotherMachineThatSpeaksPlainHttpIsReached() throws Exception {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(one -> one.getAddress().length == 4 && !one.isLoopbackAddress())
                .findFirst();
        assumeThat(address).as("This machine has no IPv4 address but loopback").isPresent();
        try (BerthProcess berth = BerthCommand.of(
                        "serve", "--listen", address.get().getHostAddress() + ":0", "--storage", "memory:")
                .start()) {
            String host = address.get().getHostAddress() + ":" + berth.address().getPort();

            assertThat(failure("ls", host)).contains("--plain-http " + host);
            BerthCommand.of("ls", "--plain-http", host, host).run().successful();
        }
    }

    private static String failure(String... arguments) throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = BerthCommand.of(arguments).run();
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
        return outcome.err();
    }
}
