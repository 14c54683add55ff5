package dev.berth.registry.scan.internal.index;

import dev.berth.registry.scan.internal.osv.Advisory;
import dev.berth.registry.scan.internal.osv.Rating;
import java.util.List;

/**
 * What an advisory says, whatever the package. Immutable.
 *
 * @param id the id of the advisory
 * @param aliases other names of the vulnerability
 * @param upstream the vulnerabilities that it is made of
 * @param summary a sentence
 * @param rating how bad it is
 * @param links where to read more
 */
public record Details(
        String id, List<String> aliases, List<String> upstream, String summary, Rating rating, List<String> links) {

    static Details of(Advisory advisory) {
        return new Details(
                advisory.id(),
                advisory.aliases(),
                advisory.upstream(),
                advisory.summary(),
                advisory.rating(),
                advisory.links());
    }
}
