package dev.berth.registry.account;

import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.credentials.CredentialKeys;
import dev.berth.registry.internal.wire.ClientNetwork;
import java.net.InetAddress;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Counts wrong passwords by name and address, for a minute. Thread-safe. */
final class GuessLimit {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** More than these at the same time push out the oldest ones: a limit for guessing, not for memory. */
    private static final int CAPACITY = 10_000;

    private final InstantSource clock;
    private final int most;
    private final CredentialKeys keys = new CredentialKeys();
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Attempt, Failures> failures = new RecentlyUsed<>(CAPACITY);

    /** Who is guessed, and from where. */
    record Attempt(CredentialKeys.Key name, Optional<Object> client) {}

    private record Failures(Instant since, Set<CredentialKeys.Key> passwords) {}

    GuessLimit(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    Attempt attempt(String name, Optional<InetAddress> address) {
        return new Attempt(keys.of(plain(name), ""), address.map(ClientNetwork::of));
    }

    /**
     * Returns what all ways to write a name have in common. A directory takes many for the same one: with upper and lower
     * case, spaces, wide letters and invisible characters (RFC 4518), and after the name of a domain.
     */
    private static String plain(String name) {
        String normal = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder();
        normal.substring(normal.lastIndexOf('\\') + 1)
                .codePoints()
                .filter(c -> Character.isLetterOrDigit(c) || c > ' ' && c <= '~')
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Returns how long the attempt is to be refused without looking at the password, if it is. */
    Optional<Duration> blockedFor(Attempt attempt) {
        lock.lock();
        try {
            Failures known = failures.get(attempt);
            if (known == null || known.passwords.size() < most) {
                return Optional.empty();
            }
            Duration left = Duration.between(clock.instant(), known.since.plus(WINDOW));
            // Longer than the window is left if the clock was set back.
            return left.isNegative() || left.isZero() || left.compareTo(WINDOW) > 0
                    ? Optional.empty()
                    : Optional.of(left);
        } finally {
            lock.unlock();
        }
    }

    void failed(Attempt attempt, String password) {
        CredentialKeys.Key hash = keys.of("", password);
        lock.lock();
        try {
            Instant now = clock.instant();
            Failures known = failures.get(attempt);
            if (known == null || Duration.between(known.since, now).abs().compareTo(WINDOW) >= 0) {
                known = new Failures(now, new HashSet<>());
                failures.put(attempt, known);
            }
            if (known.passwords.size() < most) {
                known.passwords.add(hash);
            }
        } finally {
            lock.unlock();
        }
    }
}
