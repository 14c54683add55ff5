package dev.berth.spring;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a registry is in an application.
 *
 * @param path what is in front of the API and the token service; empty, or with a slash at its beginning and none at its end
 */
record RegistryPaths(String path) {
    /** Where clients get tokens, beside the API. A name that an application is unlikely to have. */
    static final String TOKENS = "/berth/token";

    static RegistryPaths of(BerthProperties properties) {
        return new RegistryPaths(properties.path());
    }

    /** Returns the patterns of the servlet. */
    String[] mappings() {
        return new String[] {path + "/v2/*", path + TOKENS + "/*"};
    }

    /** Returns whether the address of a request begins, as the client has written it, with a path of the registry. */
    boolean areNamedBy(HttpServletRequest request) {
        String context = request.getContextPath();
        String raw = request.getRequestURI();
        return raw.startsWith(context) && contains(raw.substring(context.length()));
    }

    /** Returns whether a path in the application, without its context, belongs to the registry. */
    boolean contains(String requested) {
        return isBelow(requested, path + "/v2") || isBelow(requested, path + TOKENS);
    }

    private static boolean isBelow(String requested, String root) {
        return requested.startsWith(root)
                && (requested.length() == root.length() || requested.charAt(root.length()) == '/');
    }
}
