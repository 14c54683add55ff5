package dev.berth.registry.account;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.credentials.CredentialKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares passwords with their hashes, which is slow on purpose. Thread-safe.
 *
 * <p>At most half of the processors hash at the same time, so that logins cannot keep everybody else from being served.
 * A password that was found to be right is remembered for a while, by its hash: a changed password is not. Wrong ones are
 * not remembered. An unknown name takes the time of a known one.
 */
final class PasswordCheck {
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** Whoever comes when so many wait is refused at once: each of them holds a connection. */
    static final int MOST_WAITING = 100;

    private final VerifiedPasswords verified;
    private final Semaphore processors;
    private final Duration wait;
    private final BiPredicate<PasswordHash, byte[]> hashing;

    PasswordCheck(VerifiedPasswords verified) {
        this(verified, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), WAIT, PasswordHash::matches);
    }

    /**
     * @param parallel how many passwords are checked at the same time
     * @param wait how long a check waits for others
     * @param hashing the slow comparison
     */
    PasswordCheck(VerifiedPasswords verified, int parallel, Duration wait, BiPredicate<PasswordHash, byte[]> hashing) {
        this.verified = verified;
        this.wait = wait;
        this.processors = new Semaphore(parallel, true);
        this.hashing = hashing;
    }

    /**
     * Returns whether the password is the one that was hashed.
     *
     * @param hash the stored hash; empty if there is none for this name
     * @param dummy what is hashed against if there is none: as costly as the costliest of the known ones
     * @throws RegistryException with {@code UNAVAILABLE} if too many passwords are being checked
     */
    boolean matches(String name, String password, Optional<PasswordHash> hash, PasswordHash dummy) {
        CredentialKeys.Key key = verified.key(name, password);
        if (hash.isPresent() && verified.contains(key, hash.get())) {
            return true;
        }
        boolean matches = hashed(password, hash.orElse(dummy), key, hash.orElse(null));
        return matches && hash.isPresent();
    }

    private boolean hashed(
            String password, PasswordHash hash, CredentialKeys.Key key, @Nullable PasswordHash remembered) {
        acquire();
        try {
            // Another request may have checked the same password while this one waited.
            if (remembered != null && verified.contains(key, remembered)) {
                return true;
            }
            byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
            // Bytes that bcrypt does not look at would make a longer password equal to its beginning. The time is spent
            // all the same.
            boolean matches = hashing.test(hash, bytes) && bytes.length <= PasswordHash.MAX_PASSWORD_BYTES;
            if (matches && remembered != null) {
                verified.add(key, remembered);
            }
            return matches;
        } finally {
            processors.release();
        }
    }

    /** Returns about how many checks wait for others. */
    int waiting() {
        return processors.getQueueLength();
    }

    private void acquire() {
        boolean acquired;
        try {
            acquired = waiting() < MOST_WAITING && processors.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "The check of a password was interrupted", e);
        }
        if (!acquired) {
            throw RegistryException.builder(RegistryError.of(
                            ErrorCode.UNAVAILABLE, "Too many passwords are being checked; try again in a moment"))
                    .retryAfter(Duration.ofSeconds(1))
                    .build();
        }
    }
}
