package dev.berth.registry.metrics;

import java.util.Locale;

/** The values of the label {@code method}. Methods that are not in use would be as many as a client likes. */
enum HttpMethodName {
    GET,
    HEAD,
    PUT,
    POST,
    PATCH,
    DELETE,
    OPTIONS,
    UNKNOWN;

    private final String label = name().toLowerCase(Locale.ROOT);

    String label() {
        return label;
    }

    static HttpMethodName of(String method) {
        return switch (method) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "PUT" -> PUT;
            case "POST" -> POST;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "OPTIONS" -> OPTIONS;
            default -> UNKNOWN;
        };
    }
}
