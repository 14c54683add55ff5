package dev.berth.registry.mirror.router;

import dev.berth.registry.internal.wire.QueryParameters;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A query, divided into {@code ns} and all else.
 *
 * @param namespaces the values of {@code ns}, decoded and in lower case, each once
 * @param raw the first {@code ns} as it was sent: name and value
 * @param others the other parameters as they were sent, with a question mark before them; empty if there are none
 */
record NamespaceQuery(Set<String> namespaces, String raw, String others) {
    private static final String NAME = "ns";

    /** Divides a query, or fails as {@link QueryParameters#parse} does. */
    static NamespaceQuery parse(String query) {
        Set<String> namespaces = new LinkedHashSet<>();
        String raw = "";
        StringBuilder others = new StringBuilder();
        for (String parameter : query.split("&", -1)) {
            QueryParameters parsed = QueryParameters.parse(parameter);
            if (parsed.names().contains(NAME)) {
                raw = namespaces.isEmpty() ? parameter : raw;
                parsed.first(NAME).map(value -> value.toLowerCase(Locale.ROOT)).ifPresent(namespaces::add);
            } else {
                others.append(others.isEmpty() ? '?' : '&').append(parameter);
            }
        }
        return new NamespaceQuery(namespaces, raw, others.toString());
    }
}
