package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectVersion;
import java.util.Optional;

/**
 * A link file of the layout: its content is a digest, which names the data. A crash may have left it empty or cut, and
 * a store that cannot delete conditionally leaves it empty: then it has no target and counts as missing.
 *
 * @param target the digest in it
 * @param version the state of the object, to change it on condition
 */
public record Link(Optional<Digest> target, ObjectVersion version) {}
