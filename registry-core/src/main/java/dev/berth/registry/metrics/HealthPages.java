package dev.berth.registry.metrics;

import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON of the health pages. */
final class HealthPages {
    private HealthPages() {}

    /** Returns what is wrong, by name, as {@code registry:2} shows it. */
    static byte[] problems(Map<String, String> problems) {
        return bytes(problems.entrySet().stream()
                .map(problem -> text(problem.getKey()) + ":" + text(problem.getValue()))
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** Returns a state, and the names of what is wrong, but nothing more of it. */
    static byte[] state(String state, Collection<String> failing) {
        String names = failing.isEmpty()
                ? ""
                : failing.stream().map(HealthPages::text).collect(Collectors.joining(",", ",\"failing\":[", "]"));
        return bytes("{\"status\":" + text(state) + names + "}");
    }

    /** Returns the answer of an API that cannot be served. */
    static RegistryResponse unavailable() {
        return RegistryResponse.builder(503)
                .header("Content-Type", "application/json")
                .header("Cache-Control", "no-store")
                .body(ResponseBody.of(bytes("{\"errors\":[{\"code\":\"UNAVAILABLE\",\"message\":"
                        + text("A health check of this registry fails; try again later") + "}]}")))
                .build();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
