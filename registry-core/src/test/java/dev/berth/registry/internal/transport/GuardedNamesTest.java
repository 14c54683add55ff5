package dev.berth.registry.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.internal.transport.GuardedNames.LocalNameException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name resolves to decides whether it is this machine, not how it is written. */
@Timeout(60)
final class GuardedNamesTest {
    private final GuardedNames names = new GuardedNames();

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::ffff:127.0.0.1", "169.254.169.254", "fe80::1"})
    void leavesOutLocalAddressesWhileItIsGuarded(String name) throws Exception {
        assertThat(names.resolve(name)).isNotEmpty();

        names.guard(true);
        assertThatExceptionOfType(LocalNameException.class).isThrownBy(() -> names.resolve(name));
        assertThat(names.resolve("192.0.2.1")).hasSize(1);

        names.guard(false);
        assertThat(names.resolve(name)).isNotEmpty();
    }

    /** A proxy is no address that a server named. */
    @Test
    void doesNotGuardAProxyOnThisMachine() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        try (RawServer proxy = new RawServer(connection -> {
                    asked.set(RawServer.readHead(connection).contains("example.org"));
                    RawServer.send(connection, "HTTP/1.1 204 No\r\nConnection: close\r\n\r\n");
                });
                HttpTransport transport = new Transports()
                        .local(origin -> false)
                        .proxies(ProxySettings.of(
                                new java.util.Properties(),
                                java.util.Map.of("HTTP_PROXY", "http://" + proxy.address())))
                        .create();
                IncomingResponse response = transport.exchange(Transports.get("http://example.org/"))) {
            assertThat(response.status()).isEqualTo(204);
            assertThat(response.isFromHere()).isFalse();
        }
        assertThat(asked).isTrue();
    }
}
