package dev.berth.registry.ldap;

import dev.berth.registry.account.Account;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.credentials.CredentialKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a directory said. Passwords are kept as {@link CredentialKeys}. Thread-safe. */
final class AccountCache {
    private static final int CAPACITY = 10_000;
    private static final Duration LONGEST_QUESTION = Duration.ofMinutes(1);

    private final CredentialKeys keys = new CredentialKeys();
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, Known> accounts = new RecentlyUsed<>(CAPACITY);
    private final RecentlyUsed<CredentialKeys.Key, Login> logins = new RecentlyUsed<>(CAPACITY);
    private final RecentlyUsed<CredentialKeys.Key, Instant> refusals = new RecentlyUsed<>(CAPACITY);

    /**
     * An account, or that there is none.
     *
     * @param asked when the directory was asked
     */
    record Known(Optional<Account> account, Instant asked) {}

    /**
     * A password that was right.
     *
     * @param account whose it is
     * @param asked when the directory was asked
     */
    record Login(Account account, Instant asked) {
        /** Returns whether the password may be another one now. */
        boolean isOutdatedBy(Account now) {
            return !account.subject().equals(now.subject())
                    || !account.version().equals(now.version());
        }
    }

    CredentialKeys.Key key(String name, String password) {
        return keys.of(name, password);
    }

    @Nullable Known account(String subject) {
        lock.lock();
        try {
            return accounts.get(subject);
        } finally {
            lock.unlock();
        }
    }

    /** Replaces what was known of an account, with its groups, unless that is newer. */
    void put(String subject, Known known) {
        lock.lock();
        try {
            Known other = accounts.get(subject);
            // What is newer by more than a question takes is from before the clock was set back.
            if (other == null
                    || !other.asked.isAfter(known.asked)
                    || other.asked.isAfter(known.asked.plus(LONGEST_QUESTION))) {
                accounts.put(subject, known);
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable Login login(CredentialKeys.Key key) {
        lock.lock();
        try {
            return logins.get(key);
        } finally {
            lock.unlock();
        }
    }

    /** Remembers what came of a login. */
    void put(CredentialKeys.Key key, Optional<Account> account, Instant asked) {
        lock.lock();
        try {
            if (account.isPresent()) {
                logins.put(key, new Login(account.get(), asked));
                refusals.remove(key);
            } else {
                logins.remove(key);
                refusals.put(key, asked);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when a password was found to be wrong. */
    Optional<Instant> refused(CredentialKeys.Key key) {
        lock.lock();
        try {
            return Optional.ofNullable(refusals.get(key));
        } finally {
            lock.unlock();
        }
    }
}
