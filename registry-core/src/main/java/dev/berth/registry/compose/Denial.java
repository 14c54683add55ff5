package dev.berth.registry.compose;

import dev.berth.registry.RegistryException;

/** What a call that is not allowed fails with. */
@FunctionalInterface
public interface Denial {

    /**
     * Returns the exception for a call.
     *
     * @param operation what was tried, in words that follow "to": {@code delete the tag 1.0 of team/app}
     */
    RegistryException of(String operation);
}
