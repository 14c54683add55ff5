package dev.berth.registry.client.auth;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the credentials that the store has found for a registry, until the registry refuses them or they are about to
 * expire. Thread-safe.
 */
public final class CredentialCache {
    private static final int CAPACITY = 256;
    private static final Duration LONGEST_MARGIN = Duration.ofHours(1);

    /** Which part of the time for which credentials are good is left when others are looked for. */
    private static final int MARGIN = 10;

    private static final Logger LOG = LoggerFactory.getLogger(CredentialCache.class);

    private final CredentialStore store;
    private final String registry;
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final RecentlyUsed<Optional<RepositoryName>, Found> known = new RecentlyUsed<>(CAPACITY);
    private final Credentials none = Credentials.of("", "");

    /** Credentials, and when to look for others. */
    private record Found(Credentials credentials, Instant until) {}

    public CredentialCache(CredentialStore store, String registry, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
    }

    /** Returns the credentials for a repository; empty ones if there are none. */
    Credentials find(Optional<RepositoryName> repository) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Found found = known.get(repository);
            return found == null ? lookUp(repository) : renewed(repository, found);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the credentials for a repository after these were refused: different ones, if the store has changed. */
    Credentials refresh(Optional<RepositoryName> repository, Credentials refused) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Found found = known.get(repository);
            return found != null && !found.credentials.equals(refused)
                    ? renewed(repository, found)
                    : lookUp(repository);
        } finally {
            lock.unlock();
        }
    }

    /** Returns these credentials, or others if it is time for that. */
    private Credentials renewed(Optional<RepositoryName> repository, Found found) {
        Instant now = clock.instant();
        if (now.isBefore(found.until)) {
            return found.credentials;
        }
        try {
            return lookUp(repository);
        } catch (RegistryException e) {
            if (found.credentials.expiry().filter(now::isBefore).isEmpty()) {
                throw e;
            }
            LOG.warn("The credentials for {} are about to expire, and there are no new ones yet", registry, e);
            keep(repository, found.credentials);
            return found.credentials;
        }
    }

    private Credentials lookUp(Optional<RepositoryName> repository) {
        Credentials found = store.find(registry, repository).orElse(none);
        keep(repository, found);
        return found;
    }

    private void keep(Optional<RepositoryName> repository, Credentials found) {
        known.put(repository, new Found(found, found.expiry().map(this::renewal).orElse(Instant.MAX)));
    }

    private Instant renewal(Instant expiry) {
        Duration margin = Duration.between(clock.instant(), expiry).dividedBy(MARGIN);
        if (margin.isNegative()) {
            return expiry;
        }
        return expiry.minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
    }
}
