package dev.berth.registry.server;

import java.net.InetSocketAddress;

/**
 * A listener for the exchanges and connections of a server, for access logs and metrics. Its methods are called by the
 * threads that serve connections, so they should be quick; exceptions are logged and otherwise ignored. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ServerObserver {

    /**
     * Called when an exchange starts, before filters and authentication. Each is followed by one call of
     * {@link #onExchange}.
     *
     * @param exchange the exchange, still without a route, a caller and an outcome
     */
    default void onExchangeStarted(ServerExchange exchange) {}

    /** Called at the end of an exchange, after its response was sent or could not be sent. */
    void onExchange(ServerExchange exchange);

    /**
     * Called when a connection is opened. Each is followed by one call of {@link #onConnectionClosed}.
     *
     * @param client the other end of the connection, which may be a proxy
     */
    default void onConnectionOpened(InetSocketAddress client) {}

    /** Called when a connection has ended. */
    default void onConnectionClosed(InetSocketAddress client) {}

    /** Called when a client is refused because there are too many connections, or no thread for another one. */
    default void onConnectionRefused(InetSocketAddress client) {}
}
