package dev.berth.registry.compose;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.Objects;

/**
 * Creates the exception with which a call fails that is not allowed.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Denial {

    /**
     * Returns the exception for a call.
     *
     * @param operation the attempted operation, in words that follow "to": {@code delete the tag 1.0 of team/app}
     */
    RegistryException of(String operation);

    /**
     * Returns a denial with {@link ErrorCode#DENIED}, the 403 of HTTP: for a registry that does this, but not for this
     * caller.
     *
     * @param remedy what the caller can do, for the end of the message: {@code log in as a member of the team}
     */
    static Denial denied(String remedy) {
        Objects.requireNonNull(remedy, "remedy");
        return operation -> RegistryException.of(ErrorCode.DENIED, "You may not " + operation + "; " + remedy);
    }
}
