package dev.berth.registry.internal.token;

import dev.berth.registry.server.RegistryRequest;
import java.util.List;
import java.util.Optional;

/** A token in the {@code Authorization} of a request (RFC 6750, section 2.1). */
public final class BearerToken {
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer";

    private BearerToken() {}

    /** Returns the token, which may be empty; or empty if there is none, or if there are several fields. */
    public static Optional<String> of(RegistryRequest request) {
        List<String> fields = request.headers().all(AUTHORIZATION);
        return fields.size() == 1 && isBearer(fields.get(0))
                ? Optional.of(fields.get(0).substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static boolean isBearer(String field) {
        return field.equalsIgnoreCase(BEARER) || field.regionMatches(true, 0, BEARER + " ", 0, BEARER.length() + 1);
    }
}
