package dev.berth.registry.server;

import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.resources.ApiCall;
import dev.berth.registry.server.resources.ApiResponses;
import dev.berth.registry.server.resources.ErrorResponses;
import dev.berth.registry.server.resources.ResourceHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The API: parses the request, authenticates the caller, resolves the registry that the caller sees, and passes the
 * call to the handler of the resource.
 */
final class ApiHandler implements RegistryHandler {
    private final Gatekeeper gatekeeper;
    private final RegistryResolver resolver;
    private final Map<ApiResource, ResourceHandler> resources;

    ApiHandler(Gatekeeper gatekeeper, RegistryResolver resolver, Map<ApiResource, ResourceHandler> resources) {
        this.gatekeeper = gatekeeper;
        this.resolver = resolver;
        this.resources = new EnumMap<>(resources);
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        ApiPath path = ApiPath.parse(request.path());
        request.exchange().route(path.resource().template());
        request.exchange().repository(path.name());
        ResourceHandler handler = resources.get(path.resource());
        if (handler == null) {
            return ErrorResponses.notFound(request);
        }
        List<String> methods = path.resource().methods();
        if (!methods.contains(request.method())) {
            return request.method().equals("OPTIONS")
                    ? ApiResponses.begin(204)
                            .header(WireHeaders.ALLOW, String.join(", ", methods))
                            .build()
                    : ErrorResponses.methodNotAllowed(methods);
        }
        QueryParameters query = QueryParameters.parse(request.rawQuery());
        RequestedAccess access = RequestedAccess.of(path, request.method(), query);
        Caller caller = gatekeeper.admit(request, access);
        try {
            return handler.handle(new ApiCall(request, path, query, access, resolver.resolve(caller, access, request)));
        } catch (RegistryException e) {
            return switch (e.code()) {
                case UNSUPPORTED -> unsupported(request, path, e);
                case UNAUTHORIZED -> throw gatekeeper.withChallenges(e, request, access);
                default -> throw e;
            };
        }
    }

    /** A 405 must state the allowed methods: here, all except the rejected one. */
    private static RegistryResponse unsupported(RegistryRequest request, ApiPath path, RegistryException e) {
        List<String> others = new ArrayList<>(path.resource().methods());
        others.remove(request.method());
        return ErrorResponses.of(request, e).withHeader(WireHeaders.ALLOW, String.join(", ", others));
    }
}
