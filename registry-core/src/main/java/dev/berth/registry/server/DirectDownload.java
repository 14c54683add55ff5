package dev.berth.registry.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides which downloads of blobs are redirected (307) to the storage behind the registry, if the storage can give an
 * address for that. Concerns GET requests for blobs only. Called for each of them, so it should be quick. Thread-safe.
 *
 * <p>A client that is redirected must be able to reach the storage: it follows, and fails otherwise.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DirectDownload {

    /**
     * Returns for how long at least the address must be valid, or empty to send the blob from this server.
     *
     * @param caller who makes the request, and may read the blob
     * @param request the request; a client that is redirected repeats its range
     */
    Optional<Duration> validity(Caller caller, RegistryRequest request);

    /** Redirects nothing. */
    static DirectDownload never() {
        return (caller, request) -> Optional.empty();
    }

    /**
     * Redirects every download.
     *
     * @param validity for how long the address is valid: the download must begin, but need not end, within that time
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
