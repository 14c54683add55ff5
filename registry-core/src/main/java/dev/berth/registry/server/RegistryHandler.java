package dev.berth.registry.server;

import java.io.IOException;

/**
 * ApiResponses requests. Knows nothing of sockets: it can be called by {@link RegistryServer}, from a servlet, or from a
 * test. Thread-safe.
 */
@FunctionalInterface
public interface RegistryHandler {

    /**
     * ApiResponses a request.
     *
     * <p>The caller writes the response's body and closes the response. The request's body can be read until then.
     *
     * @throws dev.berth.registry.RegistryException to be answered with its error body
     * @throws ExchangeAbortedException if the client is to get no response at all
     * @throws IOException if the request's body cannot be read, since the client is gone or does not keep to the
     *     protocol. Any other is a mistake of the handler's and answered with 500, as unchecked exceptions are
     */
    RegistryResponse handle(RegistryRequest request) throws IOException;
}
