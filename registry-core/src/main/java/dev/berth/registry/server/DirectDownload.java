package dev.berth.registry.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides which downloads of blobs are redirected (307) to the storage, if the storage provides URLs for that. Called
 * for each GET request for a blob, so it should be quick. Thread-safe.
 *
 * <p>A redirected client must be able to reach the storage; otherwise its download fails.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DirectDownload {

    /**
     * Returns the minimum validity of the URL, or empty to send the blob from this server.
     *
     * @param caller the caller, which may read the blob
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
     * @param validity the validity of the URL: the download must start, but need not end, within that time
     * @throws IllegalArgumentException if the validity is not positive
     */
    static DirectDownload always(Duration validity) {
        Objects.requireNonNull(validity, "validity");
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("An address must be valid for some time, not for " + validity);
        }
        return (caller, request) -> Optional.of(validity);
    }
}
