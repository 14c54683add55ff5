package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.registry.testing.TestRegistry;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever speaks HTTP where HTTPS is spoken, or the other way round, reads which option helps, and it does. */
class HttpsHintsTest {
    @TempDir
    Path directory;

    @Test
    void aRegistryOfThisMachineThatSpeaksHttpsIsReached() throws Exception {
        try (TestRegistry registry = TestRegistry.builder().tls("127.0.0.1").start()) {
            String host = registry.address("127.0.0.1");
            Path certificate = Files.writeString(directory.resolve("cert.pem"), registry.certificatePem());

            assertThat(failure("ls", host)).contains("--https " + host);
            assertThat(failure("ls", "--https", host, host)).contains("--ca " + host + "=FILE.pem");
            assertThat(failure("ls", "--https", "127.0.0.1", host)).contains("--ca " + host + "=FILE.pem");
            CommandRun.run("", "ls", "--ca", "127.0.0.1=" + certificate, host).successful();
        }
    }

    @Test
    void anotherMachineThatSpeaksPlainHttpIsReached() throws Exception {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(one -> one.getAddress().length == 4 && !one.isLoopbackAddress())
                .findFirst();
        assumeThat(address).as("This machine has no IPv4 address but loopback").isPresent();
        String name = address.get().getHostAddress();
        try (TestRegistry registry = TestRegistry.builder().listenAddress(name).start()) {
            String host = registry.address(name);

            assertThat(failure("ls", host)).contains("--plain-http " + host);
            CommandRun.run("", "ls", "--plain-http", host, host).successful();
        }
    }

    private static String failure(String... arguments) {
        CommandRun run = CommandRun.run("", arguments);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
        return run.err();
    }
}
