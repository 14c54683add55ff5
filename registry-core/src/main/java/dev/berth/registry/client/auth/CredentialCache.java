package dev.berth.registry.client.auth;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers what the credential store has found for a registry, until that is refused. Thread-safe. */
public final class CredentialCache {
    private static final int CAPACITY = 256;

    private final CredentialStore store;
    private final String registry;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Optional<RepositoryName>, Credentials> known = new RecentlyUsed<>(CAPACITY);
    private final Credentials none = Credentials.of("", "");

    public CredentialCache(CredentialStore store, String registry) {
        this.store = store;
        this.registry = registry;
    }

    /** Returns the credentials for a repository, possibly unusable ones. */
    Credentials find(Optional<RepositoryName> repository) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Credentials found = known.get(repository);
            return found != null ? found : look(repository);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the credentials for a repository after these were refused: others, if they have changed. */
    Credentials findAnew(Optional<RepositoryName> repository, Credentials refused) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Credentials found = known.get(repository);
            return found != null && !found.equals(refused) ? found : look(repository);
        } finally {
            lock.unlock();
        }
    }

    private Credentials look(Optional<RepositoryName> repository) {
        Credentials found = store.find(registry, repository).orElse(none);
        known.put(repository, found);
        return found;
    }
}
