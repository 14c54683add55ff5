package dev.berth.registry.scan.signature;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys whose signatures of cosign's forms are accepted: that of any of them. Immutable.
 *
 * @since 0.1
 */
public final class TrustedKeys {
    /** The most keys, since each signature that no key made is tried with all of them. */
    public static final int MOST = 100;

    private static final TrustedKeys NONE = new TrustedKeys(List.of());

    private final List<TrustedKey> keys;

    private TrustedKeys(List<TrustedKey> keys) {
        this.keys = keys;
    }

    /** Returns no keys: nothing is accepted. */
    public static TrustedKeys none() {
        return NONE;
    }

    /** Returns these keys. As {@link #of(List)}. */
    public static TrustedKeys of(TrustedKey... keys) {
        return of(List.of(keys));
    }

    /**
     * Returns these keys.
     *
     * @throws IllegalArgumentException if there are more than {@link #MOST}, or two have the same name
     */
    public static TrustedKeys of(List<TrustedKey> keys) {
        if (keys.size() > MOST) {
            throw new IllegalArgumentException("There are " + keys.size() + " trusted keys, and may be " + MOST);
        }
        Set<String> names = new HashSet<>();
        for (TrustedKey key : keys) {
            if (!names.add(key.name())) {
                throw new IllegalArgumentException("Two trusted keys have the name " + key.name());
            }
        }
        return new TrustedKeys(List.copyOf(keys));
    }

    /** Returns the keys. */
    public List<TrustedKey> list() {
        return keys;
    }

    /**
     * Returns the key that made one of these signatures of a message.
     *
     * @throws RefusedException if none did, or one that is not accepted now
     */
    TrustedKey signer(byte[] message, List<byte[]> signatures, Instant now) {
        Optional<String> problem = Optional.empty();
        for (TrustedKey key : keys) {
            if (signatures.stream().anyMatch(signature -> key.verifies(message, signature))) {
                Optional<String> ofThisKey = key.problem(now);
                if (ofThisKey.isEmpty()) {
                    return key;
                }
                problem = ofThisKey;
            }
        }
        throw new RefusedException(problem.orElse(
                keys.isEmpty() ? "no key is trusted" : "none of the " + keys.size() + " trusted keys signed it"));
    }

    /** Returns the names of the keys. */
    @Override
    public String toString() {
        return keys.stream().map(TrustedKey::name).toList().toString();
    }
}
