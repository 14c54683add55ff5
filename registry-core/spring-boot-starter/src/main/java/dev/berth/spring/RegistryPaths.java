package dev.berth.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.ClassUtils;

/**
 * Where a registry is in an application.
 *
 * @param path what is in front of all of it; empty, or with a slash at its beginning and none at its end
 * @param pages where its pages are, behind that; empty if it has none
 */
record RegistryPaths(String path, Optional<String> pages) {
    /** Where clients get tokens, beside the API. A name that an application is unlikely to have. */
    static final String TOKENS = "/berth/token";

    private static final String CONSOLE = "dev.berth.registry.console.HostedConsole";

    /** What 'docker search' asks. The application may have other things there. */
    private static final List<String> SEARCH = List.of("/v1/_ping", "/v1/search");

    static RegistryPaths of(BerthProperties properties) {
        boolean shown =
                properties.console().enabled() && ClassUtils.isPresent(CONSOLE, RegistryPaths.class.getClassLoader());
        return new RegistryPaths(
                properties.path(), shown ? Optional.of(properties.console().path()) : Optional.empty());
    }

    /** Returns the patterns of the servlet. */
    String[] mappings() {
        List<String> patterns = new ArrayList<>(List.of(path + "/v2/*", path + TOKENS + "/*"));
        if (pages.isPresent()) {
            patterns.add(path + pages.get() + "/*");
            SEARCH.forEach(search -> patterns.add(path + search));
        }
        return patterns.toArray(String[]::new);
    }

    /** Returns whether the address of a request begins, as the client has written it, with a path of the registry. */
    boolean areNamedBy(HttpServletRequest request) {
        String context = request.getContextPath();
        String raw = request.getRequestURI();
        String inside = raw.startsWith(context) ? raw.substring(context.length()) : "";
        return contains(inside) || pages.isPresent() && isBelow(inside, path + pages.get());
    }

    /**
     * Returns whether a path in the application, without its context, is of those that clients of the registry have. Its pages are
     * pages of the application.
     */
    boolean contains(String requested) {
        return isBelow(requested, path + "/v2")
                || isBelow(requested, path + TOKENS)
                || pages.isPresent() && SEARCH.stream().anyMatch(search -> requested.equals(path + search));
    }

    private static boolean isBelow(String requested, String root) {
        return requested.startsWith(root)
                && (requested.length() == root.length() || requested.charAt(root.length()) == '/');
    }
}
