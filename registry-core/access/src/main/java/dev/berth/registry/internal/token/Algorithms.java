package dev.berth.registry.internal.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The algorithms of signatures (RFC 7518) that can be verified. */
public final class Algorithms {
    private static final List<JWSAlgorithm> ALL = List.of(
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);

    private Algorithms() {}

    /**
     * Returns the algorithms with these names, or all if there are none.
     *
     * @throws IllegalArgumentException if one is not known
     */
    public static Set<JWSAlgorithm> parse(Collection<String> names) {
        Set<JWSAlgorithm> parsed = new LinkedHashSet<>();
        for (String name : names) {
            parsed.add(ALL.stream()
                    .filter(known -> known.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The algorithm '" + name + "' is not known; the known ones are " + ALL)));
        }
        return parsed.isEmpty() ? Set.copyOf(ALL) : parsed;
    }
}
