package dev.berth.registry.access;

import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import java.net.InetSocketAddress;

/**
 * Makes the {@link AuditOrigin} of a request. Behind {@linkplain dev.berth.registry.server.TrustedProxies trusted proxies} the
 * address is the one that the proxies state.
 *
 * @since 0.1
 */
public final class RequestOrigin {
    /** The attribute of a caller that names the kind of its credentials. */
    private static final String CREDENTIALS = "credentials";

    private RequestOrigin() {}

    /** Returns where a request comes from. Nothing is said of the caller, who may not be known yet. */
    public static AuditOrigin of(RegistryRequest request) {
        return of(Caller.anonymous(), request);
    }

    /** Returns where a request comes from, and from whom. */
    public static AuditOrigin of(Caller caller, RegistryRequest request) {
        return new AuditOrigin(
                caller.name(),
                request.remoteAddress().map(InetSocketAddress::getAddress),
                request.requestId(),
                credentials(caller));
    }

    /** Returns the origin of what a caller does within the process. */
    public static AuditOrigin of(Caller caller) {
        return AuditOrigin.ofCaller(caller.name()).withCaller(caller.name(), credentials(caller));
    }

    private static String credentials(Caller caller) {
        return caller.attributes().getOrDefault(CREDENTIALS, "");
    }
}
