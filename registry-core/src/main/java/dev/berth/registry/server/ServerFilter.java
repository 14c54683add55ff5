package dev.berth.registry.server;

import java.io.IOException;

/**
 * Stands around a {@link RegistryHandler} and sees every request of a server before it does, and every response after.
 * Thread-safe.
 *
 * <p>A filter may wait, change the request, not ask {@code next} at all, change the response
 * ({@link RegistryResponse#withBody} to rewrite or cut a body), or throw {@link ExchangeAbortedException}, from here or
 * while a body is written, to end the connection.
 *
 * <p>Filters stand outside authentication: {@link RegistryRequest#caller()} is known when {@code next} has returned.
 */
@FunctionalInterface
public interface ServerFilter {

    /** ApiResponses a request, usually by asking {@code next}. Fails as {@link RegistryHandler#handle} does. */
    RegistryResponse filter(RegistryRequest request, RegistryHandler next) throws IOException;
}
