package dev.berth.registry.server;

import java.io.IOException;

/**
 * Wraps a {@link RegistryHandler}: it sees every request of a server before the handler does, and every response after
 * it. Thread-safe.
 *
 * <p>A filter may wait, change the request, respond without calling {@code next}, change the response
 * ({@link RegistryResponse#withBody} to rewrite or truncate a body), or throw {@link ExchangeAbortedException}, at once
 * or while a body is written, to end the connection.
 *
 * <p>Filters come before authentication: {@link RegistryRequest#caller()} is known only after {@code next} has
 * returned.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ServerFilter {

    /**
     * Returns the response to a request, usually that of {@code next}. Fails as {@link RegistryHandler#handle} does.
     */
    RegistryResponse filter(RegistryRequest request, RegistryHandler next) throws IOException;
}
