package dev.berth.registry.server;

import dev.berth.registry.server.http1.ClientConnection;
import dev.berth.registry.server.http1.Http1Request;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Exchanges as a server reports them, for tests of observers. */
public final class Exchanges {
    public static final Instant STARTED = Instant.parse("2026-01-02T15:04:05.678Z");

    private Exchanges() {}

    private static InetSocketAddress client() {
        try {
            InetAddress address = InetAddress.getByAddress("registry.test", new byte[] {(byte) 192, 0, 2, 1});
            return new InetSocketAddress(address, 4711);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns an exchange with the id {@code id}, which took 5.021 ms and sent 1234 bytes. */
    public static ServerExchange of(String target, Caller caller, List<String> headers, int status) {
        RegistryRequest sent = RegistryRequest.of(new Http1Request(
                "GET",
                target,
                headers,
                InputStream.nullInputStream(),
                0,
                "HTTP/1.0",
                new ClientConnection(client(), false, List.of()),
                () -> false));
        sent.exchange().caller(caller);
        sent.exchange().route("/v2/");
        sent.exchange().repository("team/app");
        return new ServerExchange.Builder("id", STARTED)
                .request(sent)
                .outcome(Duration.ofNanos(5_021_000), status, 1234, true)
                .build();
    }

    /** Returns the exchange of a request that could not be read. */
    public static ServerExchange unreadable(String protocol) {
        return new ServerExchange.Builder("id", STARTED)
                .remoteAddress(client())
                .protocol(protocol)
                .outcome(Duration.ZERO, 400, 10, true)
                .build();
    }
}
