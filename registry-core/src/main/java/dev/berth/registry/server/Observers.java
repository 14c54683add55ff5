package dev.berth.registry.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All observers of a server, none of which can harm it. */
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

    void tell(ServerExchange exchange) {
        for (ServerObserver observer : observers) {
            try {
                observer.onExchange(exchange);
            } catch (RuntimeException e) {
                log.error("An observer of the server failed", e);
            }
        }
    }

    /** Tells of a request that could not be read so far that anything is known of it but its sender. */
    void unreadable(InetSocketAddress client, int status, long bytesOut) {
        if (observers.isEmpty()) {
            return;
        }
        tell(new ServerExchange(
                UUID.randomUUID().toString(),
                clock.instant(),
                Duration.ZERO,
                Optional.of(client),
                "",
                "",
                "",
                "",
                Caller.anonymous(),
                Optional.empty(),
                Optional.empty(),
                status,
                0,
                bytesOut,
                true));
    }
}
