package dev.berth.registry.server;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.QueryParameters;
import java.util.Optional;

/**
 * A request to the API whose address was understood.
 *
 * @param request the request
 * @param path what its path leads to
 * @param query its parameters
 * @param registry the registry that its caller sees
 */
record ApiCall(RegistryRequest request, ApiPath path, QueryParameters query, Registry registry) {

    /** Returns the repository that the path names. */
    Repository repository() {
        return registry.repository(path.repository());
    }

    Optional<String> header(String name) {
        return request.headers().first(name);
    }

    /** Returns whether the body is known to be empty. */
    boolean hasNoBody() {
        return request.contentLength().isPresent() && request.contentLength().getAsLong() == 0;
    }
}
