package dev.berth.registry.server;

/**
 * Is told of every exchange of a server when it is over: for access logs and metrics. Called by the thread that served
 * it, so it should be quick; what it throws is logged and forgotten. Thread-safe.
 */
@FunctionalInterface
public interface ServerObserver {

    /** Is told of an exchange. */
    void onExchange(ServerExchange exchange);
}
