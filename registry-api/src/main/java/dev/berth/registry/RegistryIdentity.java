package dev.berth.registry;

import java.util.Objects;
import java.util.UUID;

/**
 * Identifies the registry that a {@link Registry} object accesses. Identities are only compared for equality.
 *
 * @param value any text without secrets, never empty
 * @see Registry#identity()
 * @since 0.1
 */
public record RegistryIdentity(String value) {

    /** Checks that the value is not empty. */
    public RegistryIdentity {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A registry identity cannot be empty");
        }
    }

    /** Returns an identity with this value, for example the address of a remote registry. */
    public static RegistryIdentity of(String value) {
        return new RegistryIdentity(value);
    }

    /** Returns an identity that is equal to no other one. */
    public static RegistryIdentity unique() {
        return new RegistryIdentity(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
