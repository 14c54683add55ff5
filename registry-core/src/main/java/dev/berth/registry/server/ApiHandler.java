package dev.berth.registry.server;

import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.WireHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The API: from a request to the handler of its resource, by way of who the caller is and which registry that caller
 * sees.
 */
final class ApiHandler implements RegistryHandler {
    private final Authenticator authenticator;
    private final RegistryResolver resolver;
    private final Map<ApiResource, ResourceHandler> resources;

    ApiHandler(Authenticator authenticator, RegistryResolver resolver, Map<ApiResource, ResourceHandler> resources) {
        this.authenticator = authenticator;
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
        return response(request, path, handler);
    }

    private RegistryResponse response(RegistryRequest request, ApiPath path, ResourceHandler handler) throws IOException {
        Caller caller = authenticator.authenticate(request);
        request.exchange().caller(caller);
        try {
            return handler.handle(new ApiCall(
                    request, path, QueryParameters.parse(request.rawQuery()), resolver.resolve(caller, request)));
        } catch (RegistryException e) {
            return switch (e.code()) {
                case UNSUPPORTED -> unsupported(request, path, e);
                case UNAUTHORIZED -> ErrorResponses.of(request, challenged(request, e));
                default -> throw e;
            };
        }
    }

    /** A 405 must say what is allowed instead: here, everything but what was just refused. */
    private static RegistryResponse unsupported(RegistryRequest request, ApiPath path, RegistryException e) {
        List<String> others = new ArrayList<>(path.resource().methods());
        others.remove(request.method());
        return ErrorResponses.of(request, e).withHeader(WireHeaders.ALLOW, String.join(", ", others));
    }

    /** The registry says that the caller must prove more; how that is done, only the authenticator knows. */
    private RegistryException challenged(RegistryRequest request, RegistryException e) {
        if (!e.challenges().isEmpty()) {
            return e;
        }
        return RegistryException.builder(e.errors())
                .cause(e)
                .challenges(authenticator.challenges(request))
                .build();
    }
}
