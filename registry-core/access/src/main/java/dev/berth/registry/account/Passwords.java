package dev.berth.registry.account;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks hashes of passwords by bcrypt: for {@link Accounts} that keep such hashes somewhere. Thread-safe.
 *
 * <p>A check is slow on purpose, so at most half of the processors do that at the same time; whoever waits for longer than
 * two seconds is refused with {@code UNAVAILABLE}. A password that was found to be right is remembered for five minutes, in
 * a form that does not tell it, together with its hash: with another hash it is checked again.
 *
 * @since 0.1
 */
public final class Passwords {
    /** The smallest cost: the binary logarithm of the number of rounds. */
    public static final int MIN_COST = PasswordHash.MIN_COST;

    /** The greatest cost, with which a check takes about a second. */
    public static final int MAX_COST = PasswordHash.MAX_COST;

    /** The greatest number of bytes of a password in UTF-8: bcrypt does not look at others. */
    public static final int MAX_PASSWORD_BYTES = PasswordHash.MAX_PASSWORD_BYTES;

    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final PasswordCheck check;
    private final AtomicReference<@Nullable PasswordHash> dummy = new AtomicReference<>();

    private Passwords(InstantSource clock) {
        this.check = new PasswordCheck(new VerifiedPasswords(clock, REMEMBERED));
    }

    /** Returns an object that remembers no password yet. */
    public static Passwords of(InstantSource clock) {
        return new Passwords(Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Hashes a password, with a random salt.
     *
     * @param cost from {@value #MIN_COST} to {@value #MAX_COST}; one more doubles the time of a check
     * @throws IllegalArgumentException if the password is empty, longer than {@value #MAX_PASSWORD_BYTES} bytes or has a
     *     control character, or the cost is out of range; the message does not contain the password
     */
    public static String hash(String password, int cost) {
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new IllegalArgumentException(
                    "The cost of a password hash is from " + MIN_COST + " to " + MAX_COST + ", not " + cost);
        }
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_PASSWORD_BYTES || password.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A password has from 1 to " + MAX_PASSWORD_BYTES
                    + " bytes in UTF-8 and no control character; this one has " + bytes + " bytes");
        }
        return PasswordHash.of(password, cost).text();
    }

    /**
     * Returns whether a password is the one that was hashed. Takes the same time without a hash, so that nobody finds out
     * which names are known.
     *
     * @param name whose password it is
     * @param hash what {@link #hash} returned; empty for an unknown name, for which nothing matches
     * @param highestCost the highest cost of a known hash: that of an unknown name
     * @throws IllegalArgumentException if the hash is none by bcrypt
     * @throws dev.berth.registry.RegistryException with {@code UNAVAILABLE} if too many passwords are being checked
     */
    public boolean matches(String name, String password, Optional<String> hash, int highestCost) {
        return check.matches(name, password, hash.map(PasswordHash::parse), dummy(highestCost));
    }

    private PasswordHash dummy(int cost) {
        PasswordHash known = dummy.get();
        if (known == null || known.cost() != cost) {
            known = PasswordHash.of("", cost);
            dummy.set(known);
        }
        return known;
    }

    /** Returns a text that is another one for another hash, and does not help to guess the password. */
    public static String version(String hash) {
        return PasswordHash.parse(hash).version();
    }

    /**
     * Returns the cost of a hash.
     *
     * @throws IllegalArgumentException if it is none by bcrypt with a cost in the range; the message does not contain it
     */
    public static int cost(String hash) {
        return PasswordHash.parse(hash).cost();
    }
}
