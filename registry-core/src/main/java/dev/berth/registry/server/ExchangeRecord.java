package dev.berth.registry.server;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about an exchange while it runs, for its observer and its logs. Shared by all copies of a request;
 * used by one thread.
 */
final class ExchangeRecord {
    private @Nullable InetSocketAddress remoteAddress;
    private boolean secure;
    private @Nullable String requestId;
    private Caller caller = Caller.anonymous();
    private String route = "";
    private String repository = "";

    ExchangeRecord(@Nullable InetSocketAddress remoteAddress, boolean secure) {
        this.remoteAddress = remoteAddress;
        this.secure = secure;
    }

    Optional<InetSocketAddress> remoteAddress() {
        return Optional.ofNullable(remoteAddress);
    }

    void remoteAddress(InetSocketAddress newRemoteAddress) {
        this.remoteAddress = newRemoteAddress;
    }

    boolean secure() {
        return secure;
    }

    void secure(boolean newSecure) {
        this.secure = newSecure;
    }

    /** Returns the identifier, which is made when it is asked for. */
    String requestId() {
        String id = requestId;
        if (id == null) {
            id = UUID.randomUUID().toString();
            requestId = id;
        }
        return id;
    }

    Caller caller() {
        return caller;
    }

    void caller(Caller newCaller) {
        this.caller = newCaller;
    }

    String route() {
        return route;
    }

    void route(String newRoute) {
        this.route = newRoute;
    }

    String repository() {
        return repository;
    }

    void repository(String newRepository) {
        this.repository = newRepository;
    }
}
