package dev.berth.registry.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides which requests for a blob are sent on to the storage behind the registry (307), where it has an address to
 * give, instead of being answered through this server. Asked for GET only: whether a blob is there, and what a manifest
 * is, this server says itself. Called for each request, so it should be quick. Thread-safe.
 *
 * <p>Not for clients that cannot reach the storage or are not allowed to: they follow and fail.
 */
@FunctionalInterface
public interface DirectDownload {

    /**
     * Returns for how long at least the address must be valid to which this caller is sent, or empty to answer here.
     *
     * @param caller who asks; may read the blob
     * @param request the request, with its range if it has one: who is sent on repeats that
     */
    Optional<Duration> validity(Caller caller, RegistryRequest request);

    /** ApiResponses everything here. */
    static DirectDownload never() {
        return (caller, request) -> Optional.empty();
    }

    /**
     * Sends everyone on.
     *
     * @param validity for how long the address is good; it must be followed, not finished, within that
     * @throws IllegalArgumentException if it is not positive
     */
    static DirectDownload always(Duration validity) {
        Objects.requireNonNull(validity, "validity");
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("An address must be valid for some time, not for " + validity);
        }
        return (caller, request) -> Optional.of(validity);
    }
}
