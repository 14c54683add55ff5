package dev.berth.registry.webhook;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The header fields that an operator adds to the messages to an endpoint. Their values may be secrets. */
final class EndpointHeaders {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final int MAX_VALUE = 4096;
    private static final int MAX_COUNT = 32;
    private static final String OWN = "webhook-";

    /** Those that frame a message or belong to its connection, and those that the sender sets itself. */
    private static final Set<String> REFUSED = Set.of(
            "host",
            "content-length",
            "content-encoding",
            "transfer-encoding",
            "accept-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "upgrade",
            "expect");

    private EndpointHeaders() {}

    /**
     * Checks fields and returns a map that finds them whatever the case of their names.
     *
     * @throws IllegalArgumentException if one is not allowed; the message names it and does not show its value
     */
    static Map<String, String> checked(Map<String, String> headers) {
        if (headers.size() > MAX_COUNT) {
            throw new IllegalArgumentException("A webhook has at most " + MAX_COUNT + " header fields of its own");
        }
        Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            check(name, value);
            if (checked.put(name, value) != null) {
                throw new IllegalArgumentException("The header field " + name + " of a webhook is there twice");
            }
        });
        return checked;
    }

    private static void check(String name, String value) {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of a header field of a webhook has 1 to 128 letters, digits, and"
                            + " characters such as hyphens");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (REFUSED.contains(lower) || lower.startsWith(OWN)) {
            throw new IllegalArgumentException("A webhook cannot have the header field " + name
                    + " of its own: it is set for each message, or would break its framing");
        }
        if (value.length() > MAX_VALUE || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("The value of the header field " + name
                    + " of a webhook is printable ASCII of at most " + MAX_VALUE + " characters");
        }
    }
}
