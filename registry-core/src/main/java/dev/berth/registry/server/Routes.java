package dev.berth.registry.server;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.resources.ErrorResponses;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Routes requests to the API under {@code /v2/} and to handlers outside it. A path that ends with a slash matches all
 * paths below it; the longest match wins.
 */
final class Routes implements RegistryHandler {
    private final RegistryHandler api;
    private final Map<String, RegistryHandler> exact = new LinkedHashMap<>();
    private final TreeMap<String, RegistryHandler> prefixes = new TreeMap<>();

    Routes(RegistryHandler api, Map<String, RegistryHandler> added) {
        this.api = api;
        added.forEach((path, handler) -> (path.endsWith("/") ? prefixes : exact).put(path, handler));
    }

    /**
     * Checks that a path can have a handler outside the API.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static void requireFree(String path) {
        if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('%') >= 0) {
            throw new IllegalArgumentException(
                    "A route begins with a slash and has neither query nor escapes, unlike '" + path + "'");
        }
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            throw new IllegalArgumentException("The addresses under /v2/ belong to the registry: '" + path + "'");
        }
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        String path = request.path();
        if (path.startsWith("/v2/") || path.equals("/v2")) {
            return api.handle(request);
        }
        requireOneReading(path);
        RegistryHandler handler = exact.get(path);
        String route = path;
        if (handler == null) {
            // Of the prefixes of a path, the longest sorts last; other entries between them are skipped.
            Map.Entry<String, RegistryHandler> candidate = prefixes.floorEntry(path);
            while (candidate != null && !path.startsWith(candidate.getKey())) {
                candidate = prefixes.lowerEntry(candidate.getKey());
            }
            if (candidate == null) {
                return ErrorResponses.notFound(request);
            }
            handler = candidate.getValue();
            route = candidate.getKey();
        }
        request.exchange().route(route);
        return handler.handle(request);
    }

    /** Refuses a path that means another one once it is decoded or normalized: a handler might serve files by it. */
    private static void requireOneReading(String path) {
        for (String segment : path.toLowerCase(Locale.ROOT).split("/", -1)) {
            String dots = segment.replace("%2e", ".");
            if (dots.equals(".") || dots.equals("..") || segment.contains("%2f") || segment.contains("%5c")) {
                throw RegistryException.of(
                        ErrorCode.REQUEST_INVALID, "The address has a segment '.' or '..', or an escaped slash");
            }
        }
    }
}
