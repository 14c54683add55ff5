package dev.berth.registry.mirror;

import dev.berth.registry.Listing;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/** Opens listings at a position. */
final class Listings {
    private Listings() {}

    static <T, C> Iterator<T> open(Listing<T, C> listing, Optional<C> after, OptionalLong wanted) {
        Listing<T, C> from = after.isPresent() ? listing.after(after.get()) : listing;
        return (wanted.isPresent() ? from.limit(wanted.getAsLong()) : from).iterator();
    }
}
