package dev.berth.registry.internal.browser;

import dev.berth.registry.server.RegistryRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Tells whether a request comes from a page of this server, by what browsers say about that. */
public final class SameOrigin {
    private SameOrigin() {}

    /** Returns whether nothing says that the request comes from a page of somebody else. */
    public static boolean isLikely(RegistryRequest request) {
        Optional<String> site = request.header("Sec-Fetch-Site");
        if (site.filter(text -> !text.equals("same-origin") && !text.equals("none"))
                .isPresent()) {
            return false;
        }
        return request.header("Origin")
                .filter(origin -> !isOwn(origin, request))
                // A page that tells nobody where links lead from has no origin; the other field is from the same
                // browser.
                .filter(origin -> !(origin.equals("null") && site.isPresent()))
                .isEmpty();
    }

    private static boolean isOwn(String origin, RegistryRequest request) {
        try {
            URI uri = new URI(origin);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = request.host().orElse("");
            return uri.getRawAuthority() != null
                    && !host.isEmpty()
                    // A proxy that is not trusted may have taken the TLS away.
                    && (scheme.equals("https") || scheme.equals("http") && !request.secure())
                    && plain(uri.getRawAuthority(), scheme).equals(plain(host, scheme));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String plain(String authority, String scheme) {
        String port = scheme.equals("https") ? ":443" : ":80";
        String name = authority.toLowerCase(Locale.ROOT);
        return name.endsWith(port) ? name.substring(0, name.length() - port.length()) : name;
    }
}
