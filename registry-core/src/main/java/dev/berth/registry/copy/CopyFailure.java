package dev.berth.registry.copy;

import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.util.List;

/** Says of a registry's failure what the copy was doing. */
final class CopyFailure {

    private CopyFailure() {}

    /**
     * Returns an exception with the codes and all else of the cause.
     *
     * @param what what was being done, to go on "Could not …"
     */
    static RegistryException of(String what, RegistryException cause) {
        List<RegistryError> errors = cause.errors().stream()
                .map(error ->
                        new RegistryError(error.code(), "Could not " + what + ": " + error.message(), error.detail()))
                .toList();
        RegistryException.Builder failure =
                RegistryException.builder(errors).cause(cause).challenges(cause.challenges());
        cause.retryAfter().ifPresent(failure::retryAfter);
        if (cause.isRemote()) {
            failure.remote();
        }
        return failure.build();
    }
}
