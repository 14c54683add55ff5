package dev.berth.registry.console;

import dev.berth.registry.server.RegistryRequest;
import java.util.Optional;

/** Reads what a browser sends in {@code Cookie} (RFC 6265, section 4.2). */
final class Cookies {
    private static final int LONGEST = 16_384;

    private Cookies() {}

    static Optional<String> find(RegistryRequest request, String name) {
        for (String field : request.headers().all("Cookie")) {
            if (field.length() > LONGEST) {
                continue;
            }
            for (String pair : field.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
