package dev.berth.registry.server;

import java.io.IOException;

/**
 * Handles requests. Independent of sockets: it can be called by {@link RegistryServer}, by a servlet, or by a test.
 * Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RegistryHandler {

    /**
     * Returns the response to a request.
     *
     * <p>The caller writes the response's body and closes the response. The request's body can be read until then.
     *
     * @throws dev.berth.registry.RegistryException for a response with its error body
     * @throws ExchangeAbortedException if the client is to get no response at all
     * @throws IOException if the request's body cannot be read, because the client is gone or does not keep to the
     *     protocol. Any other is an error of the handler, and leads to a 500 as unchecked exceptions do
     */
    RegistryResponse handle(RegistryRequest request) throws IOException;
}
