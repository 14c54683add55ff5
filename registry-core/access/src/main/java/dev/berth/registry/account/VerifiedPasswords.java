package dev.berth.registry.account;

import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.credentials.CredentialKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passwords that were found to be right, for a while. They are kept as {@link CredentialKeys}. Thread-safe.
 */
final class VerifiedPasswords {
    /** Each costs a login by bcrypt, so that nobody fills this without as many accounts. */
    private static final int CAPACITY = 10_000;

    private final InstantSource clock;
    private final Duration age;
    private final CredentialKeys keys = new CredentialKeys();
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<CredentialKeys.Key, Entry> entries = new RecentlyUsed<>(CAPACITY);

    private record Entry(PasswordHash hash, Instant until) {}

    /** @param age how long a password is remembered; zero remembers none */
    VerifiedPasswords(InstantSource clock, Duration age) {
        this.clock = clock;
        this.age = age;
    }

    CredentialKeys.Key key(String name, String password) {
        return keys.of(name, password);
    }

    /** Returns whether the password was found to be the one of this very hash, not long ago. */
    boolean contains(CredentialKeys.Key key, PasswordHash hash) {
        lock.lock();
        try {
            Entry entry = entries.get(key);
            return entry != null && entry.hash.equals(hash) && clock.instant().isBefore(entry.until);
        } finally {
            lock.unlock();
        }
    }

    void add(CredentialKeys.Key key, PasswordHash hash) {
        lock.lock();
        try {
            entries.put(key, new Entry(hash, clock.instant().plus(age)));
        } finally {
            lock.unlock();
        }
    }
}
