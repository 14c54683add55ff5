package dev.berth.registry.server;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server share.
 *
 * @param handler answers requests, also when something fails
 * @param writer writes the answers
 * @param observers are told of requests that never came to the handler
 * @param limits what a client may cost
 * @param tls how connections are secured, or null if they are not
 * @param stopping whether no more requests are wanted
 */
record ServerSetup(
        RegistryHandler handler,
        ResponseWriter writer,
        Observers observers,
        ServerLimits limits,
        @Nullable TlsOptions tls,
        BooleanSupplier stopping) {

    boolean secure() {
        return tls != null;
    }
}
