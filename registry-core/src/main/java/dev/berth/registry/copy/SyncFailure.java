package dev.berth.registry.copy;

import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import java.util.Objects;

/**
 * A tag that cannot be synchronised.
 *
 * @param tag the tag
 * @param cause why
 * @since 0.1
 */
public record SyncFailure(Tag tag, RegistryException cause) {

    /** Checks that both are there. */
    public SyncFailure {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(cause, "cause");
    }

    /** Prints tag and reason. */
    @Override
    public String toString() {
        return tag + ": " + cause.getMessage();
    }
}
