package dev.berth.registry.scan.internal.osv;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An advisory, as far as it is needed to match and to report it. Immutable. All texts come from strangers.
 *
 * @param id its name
 * @param modified when it was changed last; empty if it does not say, or says what cannot be
 * @param withdrawn whether its authors take it back
 * @param aliases other names of the same vulnerability
 * @param upstream the vulnerabilities that it is made of: a bulletin of a distribution has several
 * @param summary a sentence
 * @param rating how bad it is
 * @param links where to read more
 * @param affected which packages it is about
 */
public record Advisory(
        String id,
        Optional<Instant> modified,
        boolean withdrawn,
        List<String> aliases,
        List<String> upstream,
        String summary,
        Rating rating,
        List<String> links,
        List<Affected> affected) {

    /** Copies the lists. */
    public Advisory {
        aliases = List.copyOf(aliases);
        upstream = List.copyOf(upstream);
        links = List.copyOf(links);
        affected = List.copyOf(affected);
    }
}
