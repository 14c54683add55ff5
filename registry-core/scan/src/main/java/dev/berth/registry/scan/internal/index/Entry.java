package dev.berth.registry.scan.internal.index;

import dev.berth.registry.scan.internal.osv.Affected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an advisory says about a package. Immutable.
 *
 * @param details where the rest of the advisory is
 * @param id the id of the advisory
 * @param modified when it was changed last
 * @param withdrawn whether it counts no more; it stands here so that it wins over older copies of itself
 * @param affected what it says, once for each release of the ecosystem
 */
public record Entry(long details, String id, Optional<Instant> modified, boolean withdrawn, List<Affected> affected) {}
