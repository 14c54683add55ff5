package dev.berth.registry.testing;

import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.wire.ScopeSet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The tokens that a registry has issued. They are opaque: their users and scopes are kept here. Thread-safe. */
final class Tokens {
    /** Long enough for a test, so that none expires by itself unless it is debugged. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final int CAPACITY = 10_000;
    private static final int RANDOM_BYTES = 32;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, Grant> grants = new RecentlyUsed<>(CAPACITY);

    /**
     * What a token grants.
     *
     * @param user the user to whom it was issued
     * @param scopes its scopes
     * @param issued when it was issued
     */
    record Grant(String user, ScopeSet scopes, Instant issued) {}

    /** An issued token. */
    record Issued(String token, Grant grant) {}

    Tokens(InstantSource clock) {
        this.clock = clock;
    }

    Issued issue(String user, ScopeSet scopes) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Grant grant = new Grant(user, scopes, clock.instant());
        lock.lock();
        try {
            grants.put(token, grant);
        } finally {
            lock.unlock();
        }
        return new Issued(token, grant);
    }

    /** Returns the grant of a token, or empty if it has expired or was not issued here. */
    Optional<Grant> find(String token) {
        lock.lock();
        try {
            Grant grant = grants.get(token);
            return grant != null && clock.instant().isBefore(grant.issued.plus(LIFE))
                    ? Optional.of(grant)
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Expires a token now. */
    void expire(String token) {
        lock.lock();
        try {
            grants.remove(token);
        } finally {
            lock.unlock();
        }
    }
}
