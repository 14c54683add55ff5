package dev.berth.registry.internal.token;

import com.nimbusds.jose.JWSHeader;
import java.util.List;
import java.util.Set;

/**
 * Has the keys whose signatures count. Thread-safe. Never takes a key from the header of a token, nor an address of one; a
 * certificate in the header counts as far as a known certificate has signed it.
 */
@FunctionalInterface
public interface KeySource {

    /**
     * Returns the keys that the header of a token names: usually one, none if it names no trusted one.
     *
     * @throws dev.berth.registry.RegistryException with {@code UNAVAILABLE} if that is not known now
     */
    Set<TrustedKey> find(JWSHeader header);

    /** Returns the keys of the first source that has some. */
    static KeySource firstOf(List<KeySource> sources) {
        List<KeySource> all = List.copyOf(sources);
        return header -> {
            for (KeySource source : all) {
                Set<TrustedKey> found = source.find(header);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return Set.of();
        };
    }
}
