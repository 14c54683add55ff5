package dev.berth.registry.server.resources;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.util.Optional;

/**
 * A request to the API that was parsed and whose caller was authenticated.
 *
 * @param request the request
 * @param path its path
 * @param query its parameters
 * @param access the requested access
 * @param registry the registry that its caller sees
 */
public record ApiCall(
        RegistryRequest request, ApiPath path, QueryParameters query, RequestedAccess access, Registry registry) {

    /** Returns the repository that the path names. */
    Repository repository() {
        return registry.repository(access.repository().orElseGet(path::repository));
    }

    /** Returns the first value of a header field. */
    Optional<String> header(String name) {
        return request.headers().first(name);
    }

    /** Returns whether the body is known to be empty. */
    boolean hasNoBody() {
        return request.contentLength().isPresent() && request.contentLength().getAsLong() == 0;
    }
}
