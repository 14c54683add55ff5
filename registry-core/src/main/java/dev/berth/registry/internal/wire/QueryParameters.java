package dev.berth.registry.internal.wire;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, decoded, in their order. A plus is not decoded to a space, since media types contain it
 * and no parameter of the API contains spaces. Immutable.
 */
public final class QueryParameters {
    private static final QueryParameters NONE = new QueryParameters(List.of());

    private final List<Map.Entry<String, String>> parameters;

    private QueryParameters(List<Map.Entry<String, String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * Parses a query.
     *
     * @param rawQuery the text after the question mark, or null if there is none
     * @throws RegistryException with {@link ErrorCode#REQUEST_INVALID} if its percent-escapes are malformed
     */
    public static QueryParameters parse(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return NONE;
        }
        List<Map.Entry<String, String>> parameters = new ArrayList<>(4);
        int begin = 0;
        while (begin <= rawQuery.length()) {
            int end = rawQuery.indexOf('&', begin);
            if (end < 0) {
                end = rawQuery.length();
            }
            if (end > begin) {
                String pair = rawQuery.substring(begin, end);
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(Map.entry(PercentCoding.decode(name), PercentCoding.decode(value)));
            }
            begin = end + 1;
        }
        return new QueryParameters(parameters);
    }

    /** Returns the first value of a parameter, or empty if it is absent. */
    public Optional<String> first(String name) {
        for (Map.Entry<String, String> parameter : parameters) {
            if (parameter.getKey().equals(name)) {
                return Optional.of(parameter.getValue());
            }
        }
        return Optional.empty();
    }

    /** Returns all values of a parameter. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, String> parameter : parameters) {
            if (parameter.getKey().equals(name)) {
                values.add(parameter.getValue());
            }
        }
        return values;
    }

    /** Returns the names of all parameters, each as often as it is there. */
    public List<String> names() {
        return parameters.stream().map(Map.Entry::getKey).toList();
    }

    /**
     * Returns the page size {@code n}, or empty if it is absent. A number that exceeds {@link Long#MAX_VALUE} is
     * reduced to it.
     *
     * @throws RegistryException with {@link ErrorCode#PAGINATION_NUMBER_INVALID} if it is not a non-negative integer
     */
    public OptionalLong pageSize() {
        Optional<String> text = first("n");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Decimal.parse(text.get())
                .orElseThrow(() -> RegistryException.builder(new RegistryError(
                                ErrorCode.PAGINATION_NUMBER_INVALID,
                                "The page size (query parameter n) must be an integer of 0 or more",
                                Map.of()))
                        .build()));
    }

    /** Returns a builder of an empty query. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder of a query. Not thread-safe. */
    public static final class Builder {
        private final StringBuilder query = new StringBuilder();

        private Builder() {}

        /** Encodes and adds a parameter. */
        public Builder add(String name, Object value) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(PercentCoding.encode(name))
                    .append('=')
                    .append(PercentCoding.encode(value.toString()));
            return this;
        }

        /** Returns the query with its question mark, or empty text if it has no parameters. */
        public String build() {
            return query.isEmpty() ? "" : "?" + query;
        }
    }
}
