package dev.berth.registry.scan.signature;

import dev.berth.registry.scan.internal.key.PublicKeys;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A public key whose signatures are accepted, with the time for which it is. Immutable.
 *
 * <p>A signature made with a key does not prove when it was made. So an expired or withdrawn key accepts nothing, also
 * nothing that was signed before.
 *
 * @since 0.1
 */
public final class TrustedKey {
    private final String name;
    private final PublicKey key;
    private final SignatureAlgorithm algorithm;
    private final @Nullable Instant from;
    private final @Nullable Instant until;
    private final boolean withdrawn;

    private TrustedKey(
            String name,
            PublicKey key,
            SignatureAlgorithm algorithm,
            @Nullable Instant from,
            @Nullable Instant until,
            boolean withdrawn) {
        this.name = Objects.requireNonNull(name, "name");
        this.key = key;
        this.algorithm = algorithm;
        this.from = from;
        this.until = until;
        this.withdrawn = withdrawn;
        if (name.isBlank()) {
            throw new IllegalArgumentException("A trusted key needs a name, which reports show");
        }
        if (!algorithm.fits(key)) {
            throw new IllegalArgumentException("The key " + name + " does not sign by " + algorithm + ": it is one of "
                    + key.getAlgorithm() + ", or too small");
        }
        if (from != null && until != null && !from.isBefore(until)) {
            throw new IllegalArgumentException(
                    "The key " + name + " is valid at no time: it begins at " + from + " and ends at " + until);
        }
    }

    /**
     * Returns a key that signs as cosign does with one of its kind ({@link SignatureAlgorithm#of}).
     *
     * @param name what reports call the key
     * @throws IllegalArgumentException if the name is blank, or such a key cannot be used
     */
    public static TrustedKey of(String name, PublicKey key) {
        return new TrustedKey(name, key, SignatureAlgorithm.of(key), null, null, false);
    }

    /**
     * Returns the key of a text in PEM form, such as a {@code cosign.pub}: a {@code PUBLIC KEY}, an {@code RSA PUBLIC KEY}, or
     * a {@code CERTIFICATE}, of which nothing but the key counts.
     *
     * @param name what reports call the key
     * @throws IllegalArgumentException if it has no public key, or one that cannot be used
     */
    public static TrustedKey parse(String name, String pem) {
        return of(name, PublicKeys.read("The key " + name, pem));
    }

    /**
     * Returns this key, which signs in another way.
     *
     * @throws IllegalArgumentException if a key of this kind does not
     */
    public TrustedKey signingBy(SignatureAlgorithm newAlgorithm) {
        return new TrustedKey(name, key, newAlgorithm, from, until, withdrawn);
    }

    /** Returns this key, accepted from a time on. */
    public TrustedKey validFrom(Instant newFrom) {
        return new TrustedKey(name, key, algorithm, newFrom, until, withdrawn);
    }

    /** Returns this key, not accepted any more at a time and later. */
    public TrustedKey validUntil(Instant newUntil) {
        return new TrustedKey(name, key, algorithm, from, newUntil, withdrawn);
    }

    /** Returns this key as one that is not accepted any more, so that reports tell why. */
    public TrustedKey withdrawn() {
        return new TrustedKey(name, key, algorithm, from, until, true);
    }

    /** Returns what reports call the key. */
    public String name() {
        return name;
    }

    /** Returns the key. */
    public PublicKey key() {
        return key;
    }

    /** Returns how the key signs. */
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    boolean verifies(byte[] message, byte[] signature) {
        return algorithm.verify(key, message, signature);
    }

    /** Returns why nothing of this key is accepted at a time; empty if it is. */
    Optional<String> problem(Instant now) {
        if (withdrawn) {
            return Optional.of("the key " + name + ", which signed it, was withdrawn");
        }
        if (from != null && now.isBefore(from)) {
            return Optional.of("the key " + name + ", which signed it, is not valid before " + from);
        }
        if (until != null && !now.isBefore(until)) {
            return Optional.of("the key " + name + ", which signed it, expired at " + until);
        }
        return Optional.empty();
    }

    /** Returns the name and the algorithm. */
    @Override
    public String toString() {
        return name + " (" + algorithm + ")";
    }
}
