package dev.berth.registry.internal.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Transports for tests, whose time limits are out of the way unless a test is about one. */
final class Transports {
    private Duration firstByte = Duration.ofSeconds(60);
    private Duration stall = Duration.ofSeconds(60);
    private Duration lease = Duration.ofSeconds(60);
    private int rate = 1024;
    private int interim = 5;
    private int connections = 10;
    private TlsTrust trust = TlsTrust.builder().build();
    private ProxySettings proxies = ProxySettings.none();
    private Predicate<Origin> local = origin -> true;

    Transports firstByte(Duration timeout) {
        firstByte = timeout;
        return this;
    }

    Transports stall(Duration timeout) {
        stall = timeout;
        return this;
    }

    Transports rate(int bytesPerSecond) {
        rate = bytesPerSecond;
        return this;
    }

    Transports interim(int count) {
        interim = count;
        return this;
    }

    Transports lease(Duration timeout) {
        lease = timeout;
        return this;
    }

    Transports connections(int count) {
        connections = count;
        return this;
    }

    Transports trust(TlsTrust newTrust) {
        trust = newTrust;
        return this;
    }

    Transports proxies(ProxySettings newProxies) {
        proxies = newProxies;
        return this;
    }

    Transports local(Predicate<Origin> newLocal) {
        local = newLocal;
        return this;
    }

    HttpTransport create() {
        return new HttpTransport(options());
    }

    TransportOptions options() {
        return new TransportOptions(
                Duration.ofSeconds(30),
                firstByte,
                stall,
                rate,
                interim,
                connections,
                lease,
                "test",
                trust,
                proxies,
                local);
    }

    static OutgoingRequest get(String address) {
        return new OutgoingRequest("GET", URI.create(address), List.of(), Optional.empty());
    }

    static OutgoingRequest put(String address, OutgoingBody body) {
        return new OutgoingRequest("PUT", URI.create(address), List.of(), Optional.of(body));
    }
}
