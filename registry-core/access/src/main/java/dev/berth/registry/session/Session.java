package dev.berth.registry.session;

import java.time.Instant;
import java.util.Objects;

/**
 * A session, as it is listed. Has no secret. Immutable.
 *
 * @param id names the session among those of the account
 * @param signedInBy the kind of the credentials: {@code password}, {@code personal token}, {@code oidc} and so on
 * @param created when it began
 * @param lastUsed the last request that is known; some minutes may be missing
 * @param expires when it ends if it is not used any more
 * @param client the address that it began from; empty if it is unknown
 * @param browser the browser and system that it began with, as far as they are known: {@code Firefox on Linux}
 * @since 0.1
 */
public record Session(
        String id,
        String signedInBy,
        Instant created,
        Instant lastUsed,
        Instant expires,
        String client,
        String browser) {

    /** Checks that nothing is null. */
    public Session {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(signedInBy, "signedInBy");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(lastUsed, "lastUsed");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(browser, "browser");
    }
}
