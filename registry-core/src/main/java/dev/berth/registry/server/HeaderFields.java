package dev.berth.registry.server;

import dev.berth.registry.server.http1.message.HttpGrammar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The header fields of a request or response: names, which are compared without regard to case, and values, in their
 * order. Immutable.
 *
 * @since 0.1
 */
public final class HeaderFields {
    private static final HeaderFields NONE = new HeaderFields(List.of());

    /** Name, value, name, value, … */
    private final List<String> fields;

    private HeaderFields(List<String> fields) {
        this.fields = fields;
    }

    /** Returns no fields. */
    public static HeaderFields none() {
        return NONE;
    }

    /** Returns fields that a transport has checked already: name, value, name, value, … */
    static HeaderFields ofChecked(List<String> fields) {
        return fields.isEmpty() ? NONE : new HeaderFields(fields);
    }

    /** Returns the first value of a field, or empty if it is absent. */
    public Optional<String> first(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                return Optional.of(fields.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Returns all values of a field. */
    public List<String> all(String name) {
        List<String> values = List.of();
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                if (values.isEmpty()) {
                    values = new ArrayList<>(2);
                }
                values.add(fields.get(i + 1));
            }
        }
        return Collections.unmodifiableList(values);
    }

    /** Returns whether there is such a field. */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** Passes every name with its value to an action. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.size(); i += 2) {
            action.accept(fields.get(i), fields.get(i + 1));
        }
    }

    /** Returns a builder with these fields. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.fields.addAll(fields);
        return builder;
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Builds header fields. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final List<String> fields = new ArrayList<>(16);

        private Builder() {}

        /**
         * Adds a field, in addition to others with the same name.
         *
         * @throws IllegalArgumentException if the name is not a token, or the value has a character that is not allowed
         *     in a field, such as a line feed
         */
        public Builder add(String name, String value) {
            requireToken(name);
            requireOneLine(name, value);
            fields.add(name);
            fields.add(value);
            return this;
        }

        /** Sets a field instead of others of the same name; fails as {@link #add} does. */
        public Builder set(String name, String value) {
            remove(name);
            return add(name, value);
        }

        /** Removes all fields of this name. */
        public Builder remove(String name) {
            for (int i = fields.size() - 2; i >= 0; i -= 2) {
                if (fields.get(i).equalsIgnoreCase(name)) {
                    fields.remove(i + 1);
                    fields.remove(i);
                }
            }
            return this;
        }

        /** Returns the fields. */
        public HeaderFields build() {
            return fields.isEmpty() ? NONE : new HeaderFields(List.copyOf(fields));
        }

        private static void requireToken(String name) {
            if (!HttpGrammar.isToken(name)) {
                throw new IllegalArgumentException("This is not the name of a header field: '" + name + "'");
            }
        }

        private static void requireOneLine(String name, String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                    throw new IllegalArgumentException("The value of the header field " + name
                            + " has a character that cannot stand there, at position " + i);
                }
            }
        }
    }
}
