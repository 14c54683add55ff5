package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server without an authenticator. */
class OpenServerTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void warnsWhereOtherMachinesReachIt(String address) {
        assertThat(RegistryServer.openAccessWarning(new InetSocketAddress(address, 5000)))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .contains("5000")
                        .contains("Set an authenticator")
                        .contains("loopback"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void saysNothingWhereOnlyThisMachineReachesIt(String address) {
        assertThat(RegistryServer.openAccessWarning(new InetSocketAddress(address, 5000)))
                .isEmpty();
    }
}
