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

/** The tokens that a registry has handed out. They say nothing themselves: what they are good for is known here. */
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
     * What a token proves.
     *
     * @param user who got it
     * @param scopes what it is good for
     * @param issued when it was handed out
     */
    record Grant(String user, ScopeSet scopes, Instant issued) {}

    /** A token as it is handed out. */
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

    /** Returns what a token proves; nothing if it has expired or never was one. */
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

    /** Lets a token expire now. */
    void expire(String token) {
        lock.lock();
        try {
            grants.remove(token);
        } finally {
            lock.unlock();
        }
    }
}
