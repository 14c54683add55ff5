package dev.berth.registry.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.junit.jupiter.api.Test;

class IdleConnectionTest {
    @Test
    void isStaleAfterTheIdleTimeoutThoughTheServerKeepsItOpen() throws IOException {
        assertThat(isStale(Duration.ZERO)).isTrue();
    }

    @Test
    void isNotStaleBeforeTheIdleTimeout() throws IOException {
        assertThat(isStale(Duration.ofDays(1))).isFalse();
    }

    private static boolean isStale(Duration idleTimeout) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                ManagedHttpClientConnection connection = RegistryConnection.factory(
                                new Transports().options(), idleTimeout)
                        .createConnection(socket)) {
            connection.passivate();
            return connection.isStale();
        }
    }
}
