package dev.berth.registry.quota;

import dev.berth.registry.Digest;

/**
 * A blob or a manifest of a repository.
 *
 * @param manifest whether it is a manifest
 * @param digest its digest, as the repository names it
 */
record Item(boolean manifest, Digest digest) {
    /** Enough that no two digests of a repository begin with the same. */
    private static final int HEX = 32;

    static Item blob(Digest digest) {
        return new Item(false, digest);
    }

    static Item manifest(Digest digest) {
        return new Item(true, digest);
    }

    /** Returns how a ledger calls it. */
    String name() {
        return (manifest ? Ledger.MANIFEST : Ledger.BLOB) + digest.algorithm().id() + "-"
                + digest.hex().substring(0, HEX);
    }
}
