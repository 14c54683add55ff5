package dev.berth.registry.client.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One challenge of {@code WWW-Authenticate} (RFC 9110, section 11.6.1).
 *
 * @param scheme the authentication scheme, in lower case
 * @param parameters by name in lower case; the first one if a name occurs twice
 * @param token68 what some schemes have instead of parameters; empty if there is none
 */
record Challenge(String scheme, Map<String, String> parameters, String token68) {

    Challenge {
        scheme = scheme.toLowerCase(Locale.ROOT);
        parameters = Map.copyOf(parameters);
    }

    boolean isBearer() {
        return scheme.equals("bearer");
    }

    boolean isBasic() {
        return scheme.equals("basic");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** Builds a challenge. */
    static final class Builder {
        private final String scheme;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private String token68 = "";

        Builder(String scheme) {
            this.scheme = scheme;
        }

        /** Adds a parameter, unless the challenge has something else instead of parameters. */
        void parameter(String name, String value) {
            if (token68.isEmpty()) {
                parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
        }

        void token68(String token) {
            token68 = token;
        }

        Challenge build() {
            return new Challenge(scheme, parameters, token68);
        }
    }
}
