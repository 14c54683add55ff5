package dev.berth.registry.token;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The challenges that send clients for a token (RFC 6750, and Docker's token specification).
 *
 * @param service the name of the registry
 * @param realm where tokens are, or empty if that is a path of the own host
 * @param path the path for that
 */
record BearerChallenges(String service, Optional<URI> realm, String path) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+(:\\d+)?|\\[[0-9A-Fa-f:.]+](:\\d+)?");

    List<String> of(RegistryRequest request, RequestedAccess access) {
        return List.of(of(request, access, ""));
    }

    RegistryException refused(RegistryRequest request, RequestedAccess access, String error, String message) {
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, message))
                .challenges(List.of(of(request, access, error)))
                .build();
    }

    private String of(RegistryRequest request, RequestedAccess access, String error) {
        ScopeSet needed = Scopes.needed(access);
        return "Bearer realm=\"" + realm(request) + "\",service=\"" + service + "\""
                + (needed.isEmpty() ? "" : ",scope=\"" + needed + "\"")
                + (error.isEmpty() ? "" : ",error=\"" + error + "\"");
    }

    private String realm(RegistryRequest request) {
        return realm.map(Object::toString)
                .orElseGet(() -> (request.secure() ? "https://" : "http://")
                        + request.host()
                                .filter(host -> HOST.matcher(host).matches())
                                .orElse("localhost")
                        + path);
    }

    static URI requireRealm(URI realm) {
        if (realm.getRawQuery() != null || !realm.isAbsolute() || realm.getHost() == null) {
            throw new IllegalArgumentException("The realm is an absolute URL without a query: " + realm);
        }
        requireQuotable("realm", realm.toString());
        return realm;
    }

    static String requirePath(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path of the realm begins with a slash: '" + path + "'");
        }
        return requireQuotable("path", path);
    }

    static String requireQuotable(String what, String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new IllegalArgumentException(
                    "The " + what + " is made of printable ASCII characters without spaces and quotes");
        }
        return text;
    }
}
