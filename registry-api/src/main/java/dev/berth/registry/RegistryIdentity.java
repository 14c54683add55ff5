package dev.berth.registry;

import java.util.Objects;
import java.util.UUID;

/**
 * Names the registry behind a {@link Registry} object; compared with {@code equals} and nothing else.
 *
 * @param value any text, never empty; it holds no secret
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

    /** Returns an identity that equals no other. */
    public static RegistryIdentity unique() {
        return new RegistryIdentity(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
