package dev.berth.registry.account.store;

import dev.berth.registry.token.SigningKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that signs tokens.
 *
 * @param key the key
 * @param signsFrom when it begins to sign
 * @param until when its signatures stop counting; empty while no newer key replaces it
 */
record StoredKey(SigningKey key, Instant signsFrom, Optional<Instant> until) {

    boolean isGoodAt(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** Returns the key as it is when another one has replaced it. One that is replaced already stays as it is. */
    StoredKey replaced(Instant newUntil) {
        return until.isPresent() ? this : new StoredKey(key, signsFrom, Optional.of(newUntil));
    }
}
