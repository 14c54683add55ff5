package dev.berth.registry.servlet;

import dev.berth.registry.internal.wire.WireHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Where a registry stands on its host: below the path of the application and, in that, below another one. Paths are those
 * that clients sent, with their escapes.
 *
 * @param path begins with a slash and does not end with one, or is empty
 */
record Mount(String path) {

    Mount {
        if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "The path of a registry begins with a slash and does not end with one: '" + path + "'");
        }
    }

    /** Returns the path of the registry on the host. */
    String of(HttpServletRequest request) {
        return request.getContextPath() + path;
    }

    /**
     * Returns path and query as the registry sees them, or empty if the request is for another part of the host.
     *
     * @param prefix the path of the registry on the host
     */
    static Optional<String> target(String prefix, HttpServletRequest request) {
        String address = request.getRequestURI();
        if (!address.startsWith(prefix)) {
            return Optional.empty();
        }
        String inside = address.substring(prefix.length());
        if (!inside.startsWith("/")) {
            if (!inside.isEmpty()) {
                return Optional.empty();
            }
            inside = "/";
        }
        String query = request.getQueryString();
        return Optional.of(query == null ? inside : inside + "?" + query);
    }

    /** Returns the value of a header field of a response as clients of the host need it. */
    static String outward(String prefix, String name, String value) {
        if (prefix.isEmpty()) {
            return value;
        }
        if (name.equalsIgnoreCase(WireHeaders.LOCATION) && value.startsWith("/") && !value.startsWith("//")) {
            return prefix + value;
        }
        return name.equalsIgnoreCase(WireHeaders.LINK) && value.startsWith("</") && !value.startsWith("<//")
                ? "<" + prefix + value.substring(1)
                : value;
    }
}
