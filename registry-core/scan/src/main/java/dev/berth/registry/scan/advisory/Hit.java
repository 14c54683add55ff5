package dev.berth.registry.scan.advisory;

import dev.berth.registry.scan.internal.index.Details;
import dev.berth.registry.scan.internal.osv.Rating;
import java.util.Optional;

/**
 * An advisory that is about the version of a package.
 *
 * @param details the advisory
 * @param rating how bad it is for the package
 * @param fixed the version that does not have it any more
 */
record Hit(Details details, Rating rating, Optional<String> fixed) {}
