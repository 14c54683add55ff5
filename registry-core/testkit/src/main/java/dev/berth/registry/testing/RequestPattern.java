package dev.berth.registry.testing;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.server.RegistryRequest;
import java.util.Optional;

/** Matches requests; a component that is empty matches all. */
record RequestPattern(Optional<HttpMethod> method, Optional<PathPattern> path, Optional<RepositoryName> repository) {
    private static final ApiPath NONE = new ApiPath(ApiResource.NONE, "", "");

    static RequestPattern any() {
        return new RequestPattern(Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean matches(RegistryRequest request) {
        return method.map(m -> m.name().equals(request.method())).orElse(true)
                && path.map(p -> p.matches(request.path())).orElse(true)
                && repository.map(r -> r.value().equals(path(request).name())).orElse(true);
    }

    /** Parses the path of a request; a malformed one counts as one that the API does not have. */
    static ApiPath path(RegistryRequest request) {
        try {
            return ApiPath.parse(request.path());
        } catch (RegistryException e) {
            return NONE;
        }
    }

    @Override
    public String toString() {
        return method.map(Enum::name).orElse("any method")
                + path.map(p -> " " + p).orElse("")
                + repository.map(r -> " in " + r).orElse("");
    }
}
