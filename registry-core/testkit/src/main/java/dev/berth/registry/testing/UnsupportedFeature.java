package dev.berth.registry.testing;

import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The registry of somebody who has not heard of a feature. */
record UnsupportedFeature(Feature feature) implements Effect {

    @Override
    public RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context)
            throws IOException {
        ApiResource resource = RequestPattern.path(request).resource();
        String method = request.method();
        return switch (feature) {
            case REFERRERS ->
                resource == ApiResource.REFERRERS
                        ? ResponseEffects.error(request, 404, Optional.of("404 page not found\n"))
                        : without(next.handle(request), WireHeaders.SUBJECT);
            case MOUNT -> next.handle(resource == ApiResource.UPLOADS ? withoutMount(request) : request);
            case DELETE ->
                method.equals("DELETE") && (resource == ApiResource.MANIFEST || resource == ApiResource.BLOB)
                        ? refused(request, resource)
                        : next.handle(request);
            case CHUNKED_UPLOAD ->
                method.equals("PATCH") && resource == ApiResource.UPLOAD
                        ? refused(request, resource)
                        : next.handle(request);
            case RANGE ->
                without(
                        next.handle(request.toBuilder()
                                .removeHeader(WireHeaders.RANGE)
                                .build()),
                        WireHeaders.ACCEPT_RANGES);
        };
    }

    private static RegistryResponse without(RegistryResponse response, String header) {
        return response.withHeaders(
                response.headers().toBuilder().remove(header).build());
    }

    private static RegistryResponse refused(RegistryRequest request, ApiResource resource) {
        String others = resource.methods().stream()
                .filter(m -> !m.equals(request.method()))
                .collect(Collectors.joining(", "));
        return ResponseEffects.error(request, 405, Optional.empty()).withHeader(WireHeaders.ALLOW, others);
    }

    private static RegistryRequest withoutMount(RegistryRequest request) {
        String others = Arrays.stream(request.query().orElse("").split("&"))
                .filter(p -> !p.startsWith("mount=") && !p.startsWith("from=") && !p.isEmpty())
                .collect(Collectors.joining("&"));
        return request.toBuilder()
                .target(others.isEmpty() ? request.path() : request.path() + "?" + others)
                .build();
    }
}
