package dev.berth.registry.metrics;

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
