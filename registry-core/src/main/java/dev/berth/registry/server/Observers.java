package dev.berth.registry.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All observers of a server. An exception of one harms neither the server nor the others. */
final class Observers {
    private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);

    private final List<ServerObserver> observers;
    private final InstantSource clock;

    Observers(List<ServerObserver> observers, InstantSource clock) {
        this.observers = List.copyOf(observers);
        this.clock = clock;
    }

    boolean isEmpty() {
        return observers.isEmpty();
    }

    void started(ServerExchange exchange) {
        tell(observer -> observer.onExchangeStarted(exchange));
    }

    void ended(ServerExchange exchange) {
        tell(observer -> observer.onExchange(exchange));
    }

    /**
     * Reports a request that could not be read, of which nothing is known but its sender.
     *
     * @param protocol the version of HTTP; empty if not even that could be read
     */
    void unreadable(InetSocketAddress client, String protocol, int status, long bytesOut) {
        if (observers.isEmpty()) {
            return;
        }
        ServerExchange.Builder exchange = new ServerExchange.Builder(RequestIds.next(), clock.instant())
                .remoteAddress(client)
                .protocol(protocol);
        started(exchange.build());
        ended(exchange.outcome(Duration.ZERO, status, bytesOut, true).build());
    }

    void connectionOpened(InetSocketAddress client) {
        tell(observer -> observer.onConnectionOpened(client));
    }

    void connectionClosed(InetSocketAddress client) {
        tell(observer -> observer.onConnectionClosed(client));
    }

    void connectionRefused(InetSocketAddress client) {
        tell(observer -> observer.onConnectionRefused(client));
    }

    private void tell(Consumer<ServerObserver> event) {
        for (ServerObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (RuntimeException e) {
                log.error("An observer of the server failed", e);
            }
        }
    }
}
