package dev.berth.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's own firewall, but for requests that are plainly for the registry: it has rules of its own for names, uploads
 * and methods, and answers in the way that its clients understand. What may be meant for another place, by dots or by
 * characters that containers treat differently, is never plain.
 */
final class RegistryFirewall implements HttpFirewall {
    private final HttpFirewall strict = new StrictHttpFirewall();
    private final RegistryPaths paths;

    RegistryFirewall(RegistryPaths paths) {
        this.paths = paths;
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        return isPlain(request) ? new Plain(request) : strict.getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return strict.getFirewalledResponse(response);
    }

    private boolean isPlain(HttpServletRequest request) {
        if (!paths.areNamedBy(request)) {
            return false;
        }
        String raw = request.getRequestURI();
        String info = request.getPathInfo();
        String seen = request.getServletPath() + (info == null ? "" : info);
        return paths.contains(seen) && Stream.of(raw, seen).noneMatch(RegistryFirewall::isDoubtful);
    }

    private static boolean isDoubtful(String path) {
        String text = path.toLowerCase(Locale.ROOT);
        return text.contains("//")
                || text.contains("/.")
                || text.contains("%2e")
                || text.indexOf(';') >= 0
                || text.contains("%3b")
                || text.indexOf('\\') >= 0
                || text.contains("%5c")
                || text.chars().anyMatch(character -> character < ' ' || character == 0x7f);
    }

    /** A request that is not changed. */
    private static final class Plain extends FirewalledRequest {
        Plain(HttpServletRequest request) {
            super(request);
        }

        @Override
        public void reset() {
            // Nothing was changed.
        }
    }
}
