package dev.berth.registry.account.store;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The secret of a robot or of a personal token: a prefix by which programs that look for leaked secrets find it, 256 random
 * bits in 43 digits of base 62, and the CRC-32 of that in 6 digits, so that a mistyped or cut one is known without a look
 * at the store. Immutable.
 */
final class Secret {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final String PREFIX = "berth_";
    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;
    private static final int ID_LENGTH = 20;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Kind kind;
    private final String text;

    /** Whose secret it is. */
    enum Kind {
        ROBOT(PREFIX + "robot_"),
        PERSONAL_TOKEN(PREFIX + "token_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private Secret(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    static Secret generate(Kind kind, SecureRandom random) {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        String start = kind.prefix + base62(new BigInteger(1, bits), RANDOM_DIGITS);
        return new Secret(kind, start + checksum(start));
    }

    /** Returns whether a password claims to be a secret of this kind of text. */
    static boolean isMeant(String password) {
        return password.startsWith(PREFIX);
    }

    /** Reads a secret, or returns empty if it is none. That it was ever made is not known by this. */
    static Optional<Secret> parse(String password) {
        for (Kind kind : Kind.values()) {
            int end = kind.prefix.length() + RANDOM_DIGITS;
            if (password.startsWith(kind.prefix)
                    && password.length() == end + CHECK_DIGITS
                    && password.substring(end).equals(checksum(password.substring(0, end)))) {
                return Optional.of(new Secret(kind, password));
            }
        }
        return Optional.empty();
    }

    private static String checksum(String start) {
        CRC32 crc = new CRC32();
        crc.update(start.getBytes(StandardCharsets.UTF_8));
        return base62(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
    }

    private static String base62(BigInteger number, int length) {
        StringBuilder digits = new StringBuilder();
        BigInteger rest = number;
        for (int i = 0; i < length; i++) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits.append(DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return digits.reverse().toString();
    }

    Kind kind() {
        return kind;
    }

    /** Returns the secret itself. */
    String text() {
        return text;
    }

    /** Returns what is kept of the secret. It has too much chance in it to be guessed, so that a quick hash will do. */
    String hash() {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** Reads the hash of a secret. */
    static String requireHash(JsonObject json, String field) {
        String hash = json.requireString(field);
        if (!HASH.matcher(hash).matches()) {
            throw json.malformed(field, "must have 64 hexadecimal digits");
        }
        return hash;
    }

    /** Returns whether this is the secret with this hash, in a time that does not depend on it. */
    boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the identifier of the secret with this hash. It tells 80 of its 256 bits, which is no help. */
    static String id(String hash) {
        return hash.substring(0, ID_LENGTH);
    }

    /** Contains nothing of the secret. */
    @Override
    public String toString() {
        return "secret of a " + kind;
    }
}
