package dev.berth.registry.storage;

import java.util.Objects;

/**
 * A token for the state of an object: while the object has the same version, its content is the same. Opaque, and valid
 * in one store only. Writing the same content again may or may not change it.
 *
 * @param token the store's text
 * @since 0.1
 */
public record ObjectVersion(String token) {

    /** Checks that there is a token. */
    public ObjectVersion {
        Objects.requireNonNull(token, "token");
    }
}
