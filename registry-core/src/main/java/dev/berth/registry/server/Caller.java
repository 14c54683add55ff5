package dev.berth.registry.server;

import java.util.Map;
import java.util.Objects;

/**
 * Who makes a request, as an {@link Authenticator} found out.
 *
 * @param name the name for logs and events; empty for an anonymous caller
 * @param attributes what else is known, for a {@link RegistryResolver} to decide by; no secrets
 */
public record Caller(String name, Map<String, String> attributes) {
    private static final Caller ANONYMOUS = new Caller("", Map.of());

    /** Copies the map. */
    public Caller {
        Objects.requireNonNull(name, "name");
        attributes = Map.copyOf(attributes);
    }

    /** A caller of whom nothing is known. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /** A caller with this name. */
    public static Caller named(String name) {
        return new Caller(name, Map.of());
    }

    /** Returns whether nothing is known of the caller. */
    public boolean isAnonymous() {
        return name.isEmpty();
    }
}
