package dev.berth.registry.account.store;

import dev.berth.registry.access.NameLimit;
import dev.berth.registry.server.Caller;

/** Narrows a caller to what its credentials are good for. */
final class Limits {
    /** The attribute of a caller that says by what kind of credentials it is known. */
    static final String CREDENTIALS = "credentials";

    private Limits() {}

    /** Returns the owner of credentials within their limit, and within that which the owner has. */
    static Caller.Builder narrowed(Caller owner, NameLimit limit) {
        return owner.limit().isEmpty()
                ? owner.toBuilder().limit(limit)
                : owner.toBuilder().limit(access -> limit.allows(access) && owner.isWithinLimit(access));
    }
}
