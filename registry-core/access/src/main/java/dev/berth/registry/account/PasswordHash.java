package dev.berth.registry.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash of a password by bcrypt. Prints nothing of it. Immutable.
 *
 * @param text the hash in its usual form, such as {@code $2y$10$…}
 * @param cost the binary logarithm of the number of rounds
 */
record PasswordHash(String text, int cost) {
    /** The greatest cost that is accepted. One more doubles the time of a login, which is about a second here. */
    static final int MAX_COST = 14;

    /** The number of bytes of a password that bcrypt uses. */
    static final int MAX_PASSWORD_BYTES = 72;

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    /** The smallest cost that is accepted: the smallest one of bcrypt. */
    static final int MIN_COST = 4;

    /**
     * Parses a hash.
     *
     * @throws IllegalArgumentException if it is not a hash by bcrypt, or has a cost that is too high; the message does not
     *     contain the hash
     */
    static PasswordHash parse(String text) {
        Matcher matcher = BCRYPT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    text.startsWith("$2")
                            ? "the bcrypt hash is incomplete; set the password again with 'htpasswd -B'"
                            : "the password is not hashed by bcrypt; set it again with 'htpasswd -B'");
        }
        int cost = Integer.parseInt(matcher.group(1));
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new IllegalArgumentException("the bcrypt hash has the cost " + cost + "; " + MIN_COST + " to "
                    + MAX_COST + " are accepted; set the password again with 'htpasswd -B -C 10'");
        }
        return new PasswordHash(text, cost);
    }

    /** Hashes a password. */
    static PasswordHash of(String password, int cost) {
        byte[] hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hash(cost, password.getBytes(StandardCharsets.UTF_8));
        return new PasswordHash(new String(hash, StandardCharsets.US_ASCII), cost);
    }

    /** Returns whether the password is the one that was hashed. Takes long, on purpose. */
    boolean matches(byte[] password) {
        return BCrypt.verifyer(bcryptVersion(), LongPasswordStrategies.none())
                .verify(password, text.getBytes(StandardCharsets.US_ASCII))
                .verified;
    }

    /** Returns a text that is another one for another hash, and does not help to guess the password. */
    String version() {
        // Half of a hash of a hash with its random salt.
        return Digest.sha256(text.getBytes(StandardCharsets.US_ASCII)).hex().substring(0, 32);
    }

    private BCrypt.Version bcryptVersion() {
        return switch (text.charAt(2)) {
            case 'a' -> BCrypt.Version.VERSION_2A;
            case 'b' -> BCrypt.Version.VERSION_2B;
            default -> BCrypt.Version.VERSION_2Y;
        };
    }

    @Override
    public String toString() {
        return "bcrypt hash of cost " + cost;
    }
}
