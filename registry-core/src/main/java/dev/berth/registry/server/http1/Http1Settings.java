package dev.berth.registry.server.http1;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a listener share.
 *
 * @param application serves requests
 * @param limits the limits on the resources that clients use
 * @param security how connections are secured, or null for plain HTTP
 * @param clock the clock of the header field {@code Date}
 * @param stopping whether no more requests are accepted
 */
public record Http1Settings(
        Http1Application application,
        Http1Limits limits,
        @Nullable SocketSecurity security,
        InstantSource clock,
        BooleanSupplier stopping) {

    /** Returns whether connections use TLS. */
    public boolean secure() {
        return security != null;
    }
}
